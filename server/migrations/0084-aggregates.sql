-- An aggregator joins for others: a file of bodies, checked row by row, signed for once, applied in batches.

alter table onboardings drop constraint onboardings_workflow_check;
alter table onboardings add constraint onboardings_workflow_check
  check (workflow in ('agreement', 'review', 'review-with-checklist', 'approval', 'aggregates', 'import'));

alter table institution_products add column aggregator_id uuid references institutions (id);
comment on column institution_products.aggregator_id is 'Joined by this aggregator''s file, under its agreement.';

create table aggregate_files (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null references products (id),
  uploaded_by uuid not null references persons (id),
  uploaded_at timestamptz not null,
  name text not null,
  sha256 bytea not null,
  rows int not null,
  accepted int not null,
  onboarding_id uuid unique references onboardings (id),
  applied_at timestamptz
);
comment on table aggregate_files is 'What an aggregator uploaded. Signed for by the onboarding; applied_at when the last accepted row was.';
create index aggregate_files_of on aggregate_files (institution_id, product_id, uploaded_at desc, id desc);

create table aggregate_rows (
  file_id uuid not null references aggregate_files (id) on delete cascade,
  line int not null,
  institution_id uuid not null references institutions (id),
  tax_code text not null,
  unit_kind text check (unit_kind in ('AOO', 'UO')),
  unit_code text,
  vat_number text,
  recipient_code text,
  name text,
  state text not null check (state in ('accepted', 'refused', 'joined', 'skipped')),
  problem text,
  facts jsonb not null default '{}',
  primary key (file_id, line),
  check ((state in ('refused', 'skipped')) = (problem is not null))
);
comment on table aggregate_rows is 'One row of the file with its verdict: no row is dropped. skipped: accepted when checked, impossible when its turn came.';
create index aggregate_rows_to_apply on aggregate_rows (file_id, line) where state = 'accepted';

alter table aggregate_files enable row level security;
create policy aggregate_files_own on aggregate_files
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table aggregate_rows enable row level security;
create policy aggregate_rows_own on aggregate_rows
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update, delete on aggregate_files, aggregate_rows to ar_app;

-- Which of these are active on a product already. Definer, since it looks at other institutions; it tells what was asked about.
create function active_on_product(p_product text, p_tax_codes text[])
returns table (tax_code text, unit_kind text, unit_code text)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.tax_code, i.subunit_kind, i.subunit_code from institutions i
    join institution_products p on p.institution_id = i.id and p.product_id = p_product and p.state <> 'ended'
   where i.tax_code = any (p_tax_codes)
$$;
revoke execute on function active_on_product(text, text[]) from public;
grant execute on function active_on_product(text, text[]) to ar_app;
