-- Every kind of institution, from every registry, with its parts; requests that somebody reviews first.

alter table institutions drop constraint institutions_registry_check;
alter table institutions
  add constraint institutions_registry_check check (registry in ('IPA', 'ANAC', 'IVASS', 'business-register')),
  add column registry_code text,
  add column county text,
  add column country text;
comment on column institutions.tax_code is 'For an insurer without an Italian tax code: its IVASS code, five digits, by which Italy knows it.';
comment on column institutions.registry_code is 'The code in the registry named: IVASS code, ANAC code, or the tax code in the business register. The IPA code has its own column.';

alter table institution_products add column details jsonb not null default '{}';
comment on column institution_products.details is 'What the kind and the product asked in more: blocks as in the promise. No account number stands here.';

alter table onboardings drop constraint onboardings_state_check;
alter table onboardings
  add constraint onboardings_state_check check (state in
    ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'completed', 'rejected', 'cancelled', 'expired', 'superseded')),
  add column workflow text not null default 'agreement' check (workflow in ('agreement', 'review', 'review-with-checklist', 'approval', 'import')),
  add column details jsonb not null default '{}',
  add column account bytea,
  add column review_reasons jsonb not null default '[]',
  add column review_note text,
  add column reviewed_at timestamptz,
  add column extended_at timestamptz,
  alter column manager_given_name drop not null,
  alter column manager_family_name drop not null,
  alter column manager_fiscal_code drop not null,
  alter column manager_fiscal_code_index drop not null,
  alter column manager_email drop not null;
alter table onboardings add constraint onboardings_manager_whole check
  (num_nulls(manager_given_name, manager_family_name, manager_fiscal_code, manager_fiscal_code_index, manager_email) in (0, 5));
comment on column onboardings.manager_given_name is 'Absent where nobody signs: a technology partner.';
comment on column onboardings.account is 'Where reimbursements go, encrypted.';
comment on column onboardings.review_reasons is 'Why somebody looks at it first, beside what the product wants: a registry that did not answer.';
comment on column onboardings.review_note is 'What the reviewer wrote to the applicant: changes to make, or why not.';

drop index onboardings_once_per_requester;
create unique index onboardings_once_per_requester on onboardings (institution_id, product_id, requested_by)
  where state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature');
create index onboardings_to_review on onboardings (submitted_at, id) where state = 'to-be-reviewed';

-- Only a body itself is looked up by its IPA code: its parts share the code and have their own products.
create or replace function products_of_body(p_ipa_code text) returns table (product_id text, state text, since timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query
  select p.product_id, 'active'::text, p.active_since from institution_products p join institutions i on i.id = p.institution_id
   where i.ipa_code = p_ipa_code and i.subunit_kind is null and p.state = 'active'
  union all
  select o.product_id, 'awaiting-signature'::text, min(o.submitted_at) from onboardings o join institutions i on i.id = o.institution_id
   where i.ipa_code = p_ipa_code and i.subunit_kind is null and o.state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature') group by o.product_id;
end $$;
