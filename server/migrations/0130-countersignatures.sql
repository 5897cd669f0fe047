-- An agreement is signed by several, in order: who represents the institution, then the company with its seal.

create table agreement_signatures (
  agreement_id uuid not null references agreements (id),
  position int not null,
  institution_id uuid not null references institutions (id),
  requested_by uuid not null references persons (id),
  party text not null check (party in ('institution', 'company')),
  name text not null,
  fiscal_code bytea,
  since timestamptz,
  signed_at timestamptz,
  form text check (form in ('CAdES', 'PAdES')),
  sha256 bytea,
  primary key (agreement_id, position),
  check (party = 'company' or fiscal_code is not null),
  check (signed_at is null or num_nulls(form, sha256) = 0)
);
comment on table agreement_signatures is 'Whose signature an agreement wants, in order: who signed, whose turn it is and since when.';
comment on column agreement_signatures.fiscal_code is 'Encrypted; of a person. The company seals with its certificate.';
comment on column agreement_signatures.since is 'Since when it is their turn; null while others come first.';
insert into agreement_signatures (agreement_id, position, institution_id, requested_by, party, name, fiscal_code, since, signed_at, form, sha256)
  select a.id, 1, a.institution_id, a.requested_by, 'institution', o.manager_given_name || ' ' || o.manager_family_name, o.manager_fiscal_code,
         a.written_at, a.signed_at, a.signed_form, a.signed_sha256
    from agreements a join onboardings o on o.id = a.onboarding_id where o.manager_fiscal_code is not null;
alter table agreement_signatures enable row level security;
create policy agreement_signatures_sides on agreement_signatures
  using (institution_id = app_institution() or requested_by = app_person() or (select app_purpose()) = 'system');
create policy agreement_signatures_staff on agreement_signatures for select
  using ((select app_purpose()) in ('review', 'audit'));
grant select, insert, update on agreement_signatures to ar_app;

alter table agreements add column countersignature_late_at timestamptz;
comment on column agreements.countersignature_late_at is 'When the staff were told that the company''s seal is late; once.';

alter table onboardings drop constraint onboardings_state_check;
alter table onboardings add constraint onboardings_state_check check (state in
  ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'awaiting-countersignature', 'completed', 'rejected', 'cancelled', 'expired', 'superseded'));
drop index onboardings_once_per_requester;
create unique index onboardings_once_per_requester on onboardings (institution_id, product_id, requested_by)
  where state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'awaiting-countersignature');
create index onboardings_to_countersign on onboardings (id) where state = 'awaiting-countersignature';

create or replace function products_of_body(p_ipa_code text) returns table (product_id text, state text, since timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query
  select p.product_id, 'active'::text, p.active_since from institution_products p join institutions i on i.id = p.institution_id
   where i.ipa_code = p_ipa_code and i.subunit_kind is null and p.state = 'active'
  union all
  select o.product_id, 'awaiting-signature'::text, min(o.submitted_at) from onboardings o join institutions i on i.id = o.institution_id
   where i.ipa_code = p_ipa_code and i.subunit_kind is null
     and o.state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'awaiting-countersignature') group by o.product_id;
end $$;
create or replace function product_touched(p_product text) returns table (kind text, origin text, active int, open int)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.kind, k.origin, sum(k.active)::int, sum(k.open)::int from (
    select p.kind, p.origin, 1 as active, 0 as open from institution_products p where p.product_id = p_product and p.state <> 'ended'
    union all
    select o.kind, o.origin, 0, 1 from onboardings o where o.product_id = p_product
       and o.state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'awaiting-countersignature')) k
   where app_purpose() = 'catalogue'
   group by k.kind, k.origin
$$;
