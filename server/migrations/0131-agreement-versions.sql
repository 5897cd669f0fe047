-- Texts that change after joining: a new version is published by two people, and institutions accept it; conventions stand on an active product.

create table template_proposals (
  id uuid primary key default gen_random_uuid(),
  template_id text not null,
  base_version text not null,
  version text not null,
  content jsonb not null,
  summary text not null,
  way text not null check (way in ('online', 'signature', 'none')),
  days int not null check (days between 1 and 365),
  reminder_days jsonb not null,
  overdue text not null check (overdue in ('stays', 'suspends')),
  reason text not null,
  state text not null default 'open' check (state in ('open', 'published', 'declined', 'withdrawn')),
  proposed_by uuid not null references staff_members (id),
  proposed_at timestamptz not null,
  answered_by uuid references staff_members (id),
  answered_at timestamptz,
  note text,
  check ((state = 'open') = (answered_at is null)),
  check (state not in ('published', 'declined') or answered_by <> proposed_by)
);
comment on table template_proposals is 'What a text would become, and how institutions would accept it. Nobody publishes their own: the table says so too.';
create unique index template_proposals_open on template_proposals (template_id) where state = 'open';
create index template_proposals_of on template_proposals (template_id, proposed_at desc, id desc);
grant select, insert, update on template_proposals to ar_app;

create table template_publications (
  template_id text not null,
  version text not null,
  base_version text not null,
  summary text not null,
  way text not null check (way in ('online', 'signature', 'none')),
  days int not null,
  reminder_days jsonb not null,
  overdue text not null check (overdue in ('stays', 'suspends')),
  proposal_id uuid not null references template_proposals (id),
  published_at timestamptz not null,
  primary key (template_id, version)
);
comment on table template_publications is 'How a version published in the portal is accepted, by when, and what happens then. The first version of a text has none.';
create trigger template_publications_immutable before update or delete on template_publications for each row execute function refuse_change();
grant select, insert on template_publications to ar_app;

alter table agreements
  alter column onboarding_id drop not null,
  add column kind text not null default 'adhesion' check (kind in ('adhesion', 'version', 'convention')),
  add column convention_id text,
  add column expires_at timestamptz,
  add constraint agreements_onboarding check ((kind = 'adhesion') = (onboarding_id is not null)),
  add constraint agreements_convention check ((kind = 'convention') = (convention_id is not null));
comment on column agreements.kind is 'adhesion: by an onboarding; version: a new text accepted later; convention: stands on a product that is active.';
comment on column agreements.expires_at is 'Until when it can be signed; of an adhesion its onboarding knows.';
comment on column agreements.signed_at is 'In force since: by the last signature, or by a confirmation in the portal (then without a form).';
create unique index agreements_convention_once on agreements (institution_id, product_id, convention_id) where kind = 'convention' and state <> 'ended';
create index agreements_expiring on agreements (expires_at) where state = 'pending' and expires_at is not null;

create table agreement_acceptances (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null references products (id),
  template_id text not null,
  from_version text not null,
  version text not null,
  agreement_id uuid references agreements (id),
  state text not null default 'asked' check (state in ('asked', 'overdue', 'accepted', 'superseded', 'ended')),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  reminded_left int,
  accepted_at timestamptz,
  accepted_by text,
  row_version int not null default 1,
  unique (institution_id, product_id, template_id, version),
  foreign key (template_id, version) references template_publications (template_id, version)
);
comment on table agreement_acceptances is 'Which institution was asked to accept which version, and what became of it.';
comment on column agreement_acceptances.accepted_by is 'The name of who confirmed, or signed.';
comment on column agreement_acceptances.reminded_left is 'The fewest days that a reminder spoke of.';
create index agreement_acceptances_open on agreement_acceptances (due_at, id) where state = 'asked';
create index agreement_acceptances_of on agreement_acceptances (template_id, version, state, institution_id);
create trigger agreement_acceptances_versions after insert or update or delete on agreement_acceptances for each row execute function keep_version();
alter table agreement_acceptances enable row level security;
create policy agreement_acceptances_own on agreement_acceptances
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy agreement_acceptances_staff on agreement_acceptances for select using ((select app_purpose()) = 'catalogue');
grant select, insert, update on agreement_acceptances to ar_app;

-- Active institutions on these products, after a key: whom a new text is put to. Definer: it crosses institutions, and says no more than that.
create function active_on(p_products text[], p_after_institution uuid, p_after_product text, p_most int)
returns table (institution_id uuid, product_id text, product_version int, kind text, origin text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.institution_id, p.product_id, p.product_version, p.kind, p.origin from institution_products p
   where p.product_id = any (p_products) and p.state in ('active', 'suspended') and app_purpose() in ('system', 'catalogue')
     and (p_after_institution is null or (p.institution_id, p.product_id) > (p_after_institution, p_after_product))
   order by p.institution_id, p.product_id limit p_most
$$;
revoke execute on function active_on(text[], uuid, text, int) from public;
grant execute on function active_on(text[], uuid, text, int) to ar_app;

-- A remote signature may be of an agreement that no onboarding asked for.
alter table remote_signatures drop constraint remote_signatures_onboarding_id_fkey;
alter table remote_signatures rename column onboarding_id to subject_id;
comment on column remote_signatures.subject_id is 'What is signed: an onboarding, or an agreement that stands by itself.';
