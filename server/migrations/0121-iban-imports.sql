-- Many accounts at once: a file checked row by row, then applied in one transaction. Names of the world outside stay in the file.

create table iban_imports (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  upload_id uuid not null,
  name text not null,
  sha256 bytea not null,
  uploaded_by uuid not null references persons (id),
  partner_id uuid references institutions (id),
  partner_name text,
  uploaded_at timestamptz not null,
  rows int not null,
  to_add int not null,
  to_change int not null,
  to_retire int not null,
  unchanged int not null,
  refused int not null,
  applied_at timestamptz,
  applied_by uuid references persons (id),
  check ((partner_id is null) = (partner_name is null)),
  check ((applied_at is null) = (applied_by is null)),
  check (rows = to_add + to_change + to_retire + unchanged + refused)
);
comment on table iban_imports is 'A file of accounts with its verdicts. A partner''s ZIP becomes one import for each institution, under one upload.';
create index iban_imports_of_institution on iban_imports (institution_id, environment, uploaded_at desc, id desc);
create index iban_imports_waiting on iban_imports (uploaded_at) where applied_at is null;

create table iban_import_rows (
  import_id uuid not null references iban_imports (id) on delete cascade,
  number int not null,
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  line int not null,
  file text,
  operation text check (operation in ('add', 'change', 'retire')),
  iban text not null,
  description text,
  valid_from date,
  valid_until date,
  iban_id uuid references ibans (id),
  verdict text not null check (verdict in ('accepted', 'unchanged', 'refused')),
  problem text,
  facts jsonb not null default '{}',
  primary key (import_id, number),
  check ((verdict = 'refused') = (problem is not null))
);
comment on table iban_import_rows is 'Each row with its verdict: none is dropped. What was accepted is what is applied, byte by byte, when somebody says so.';
create index iban_import_rows_to_apply on iban_import_rows (import_id, operation, number) where verdict = 'accepted';
create index iban_import_rows_by_verdict on iban_import_rows (import_id, verdict, number);

alter table iban_imports enable row level security;
create policy iban_imports_own on iban_imports using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy iban_imports_mandate on iban_imports using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table iban_import_rows enable row level security;
create policy iban_import_rows_own on iban_import_rows using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy iban_import_rows_mandate on iban_import_rows using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
grant select, insert, update, delete on iban_imports, iban_import_rows to ar_app;

-- Which codes of paper notices are carried already, and by which account. Definer: postal accounts are of one institution alone,
-- whichever it is.
create function barcodes_carried(p_environment text, p_codes text[])
returns table (code text, iban text) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select substr(i.iban, 16, 12), i.iban from ibans i
    where i.environment = p_environment and substr(i.iban, 16, 12) = any (p_codes)
      and i.retired_at is null and substr(i.iban, 6, 5) = '07601' and substr(i.iban, 1, 2) = 'IT';
end $$;
revoke execute on function barcodes_carried(text, text[]) from public;
grant execute on function barcodes_carried(text, text[]) to ar_app;

-- The institution of a tax code that delegated pagoPA to a partner, with the delegation; a partner names its delegators by it.
create function delegators_by_tax_code(p_partner uuid, p_tax_codes text[])
returns table (tax_code text, institution_id uuid, name text, delegation_id uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select v.tax_code, v.institution_id, v.name, v.delegation_id from delegation_portfolio v
    where v.partner_id = p_partner and v.product_id = 'pagopa' and v.tax_code = any (p_tax_codes) and v.state = 'active';
end $$;
revoke execute on function delegators_by_tax_code(uuid, text[]) from public;
grant execute on function delegators_by_tax_code(uuid, text[]) to ar_app;
