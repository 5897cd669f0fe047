-- Drafts, onboardings, agreements: from the first letter typed to the signed file.

create table drafts (
  id uuid primary key default gen_random_uuid(),
  product_id text not null references products (id),
  opened_by uuid not null references persons (id),
  people uuid[] not null,
  content bytea not null,
  version int not null default 1,
  opened_at timestamptz not null,
  saved_at timestamptz not null,
  kept_until timestamptz not null
);
comment on column drafts.content is 'What was typed, encrypted: it may hold fiscal codes.';
comment on column drafts.people is 'Who may see and go on with it: who opened it and the colleagues who took it.';
create index drafts_people on drafts using gin (people);
create index drafts_expiry on drafts (kept_until);

create table draft_hand_overs (
  id uuid primary key default gen_random_uuid(),
  draft_id uuid not null references drafts (id) on delete cascade,
  email bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  taken_by uuid references persons (id),
  taken_at timestamptz
);
create index draft_hand_overs_of on draft_hand_overs (draft_id);

create table agreement_templates (
  id text not null,
  version text not null,
  language text not null,
  content jsonb not null,
  digest bytea not null,
  published_at timestamptz not null,
  primary key (id, version, language)
);
create trigger agreement_templates_immutable before update or delete on agreement_templates for each row execute function refuse_change();

create table onboardings (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  product_version int not null,
  kind text not null,
  origin text not null,
  state text not null check (state in ('submitted', 'awaiting-signature', 'completed', 'cancelled', 'expired', 'superseded')),
  requested_by uuid not null references persons (id),
  submitted_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  institution_data jsonb not null,
  billing jsonb not null,
  geographic_areas jsonb not null,
  manager_given_name text not null,
  manager_family_name text not null,
  manager_fiscal_code bytea not null,
  manager_fiscal_code_index bytea not null,
  manager_email bytea not null,
  version int not null default 1,
  foreign key (product_id, product_version) references product_versions (product_id, version)
);
comment on column onboardings.institution_data is 'The institution as the registry had it at submission: this goes into the agreement.';
create index onboardings_of_institution on onboardings (institution_id, submitted_at desc, id);
create index onboardings_of_requester on onboardings (requested_by, submitted_at desc, id);
create index onboardings_expiring on onboardings (expires_at) where state = 'awaiting-signature';
create unique index onboardings_once_per_requester on onboardings (institution_id, product_id, requested_by) where state in ('submitted', 'awaiting-signature');

create table onboarding_administrators (
  onboarding_id uuid not null references onboardings (id),
  institution_id uuid not null references institutions (id),
  position int not null,
  given_name text not null,
  family_name text not null,
  fiscal_code bytea not null,
  fiscal_code_index bytea not null,
  email bytea not null,
  email_index bytea not null,
  primary key (onboarding_id, position)
);

create table agreements (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  onboarding_id uuid not null unique references onboardings (id),
  requested_by uuid not null references persons (id),
  template_id text not null,
  template_version text not null,
  template_language text not null,
  state text not null check (state in ('pending', 'active', 'ended')),
  file_name text not null,
  length bigint not null,
  sha256 bytea not null,
  storage_key text not null,
  written_at timestamptz not null,
  signed_at timestamptz,
  signed_form text check (signed_form in ('CAdES', 'PAdES')),
  signed_sha256 bytea,
  signed_length bigint,
  signed_storage_key text,
  signers jsonb not null default '[]',
  version int not null default 1,
  foreign key (template_id, template_version, template_language) references agreement_templates (id, version, language)
);
create index agreements_of_institution on agreements (institution_id, written_at desc, id);
create trigger agreements_versions after insert or update or delete on agreements for each row execute function keep_version();

create table mails (
  id uuid primary key,
  institution_id uuid references institutions (id),
  kind text not null check (kind in ('mail', 'pec')),
  template text not null,
  recipient bytea not null,
  sent_at timestamptz not null
);
comment on table mails is 'What was sent, to whom (encrypted) and when. The key is a digest of event, template and recipient: nothing goes twice.';

alter table drafts enable row level security;
create policy drafts_people on drafts
  using (app_person() = any (people) or (select app_purpose()) = 'system');
alter table draft_hand_overs enable row level security;
create policy draft_hand_overs_system on draft_hand_overs
  using ((select app_purpose()) = 'system' or exists (select 1 from drafts d where d.id = draft_id));
alter table onboardings enable row level security;
create policy onboardings_sides on onboardings
  using (institution_id = app_institution() or requested_by = app_person() or (select app_purpose()) = 'system');
alter table onboarding_administrators enable row level security;
create policy onboarding_administrators_own on onboarding_administrators
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table agreements enable row level security;
create policy agreements_sides on agreements
  using (institution_id = app_institution() or requested_by = app_person() or (select app_purpose()) = 'system');
alter table mails enable row level security;
create policy mails_system on mails using ((select app_purpose()) = 'system');

grant select, insert, update, delete on drafts, draft_hand_overs to ar_app;
grant select, insert, update on onboardings, onboarding_administrators, agreements to ar_app;
grant select, insert on agreement_templates, mails to ar_app;
