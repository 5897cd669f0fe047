-- Administrators of a product that wants them named on paper: a document that the legal representative signs makes the membership.

create table nominations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  given_name text not null,
  family_name text not null,
  fiscal_code bytea not null,
  fiscal_code_index bytea not null,
  email bytea not null,
  ends_at timestamptz,
  representative_id uuid not null references legal_representatives (id),
  state text not null default 'pending' check (state in ('pending', 'signed', 'cancelled')),
  opened_by uuid not null references persons (id),
  opened_at timestamptz not null,
  file_name text not null,
  length bigint not null,
  sha256 bytea not null,
  storage_key text not null,
  signed_at timestamptz,
  signed_form text check (signed_form in ('CAdES', 'PAdES')),
  signed_sha256 bytea,
  signed_storage_key text,
  membership_id uuid references memberships (id),
  ended_at timestamptz,
  version int not null default 1,
  unique (institution_id, id),
  check ((state = 'signed') = (membership_id is not null)),
  check (num_nulls(signed_at, signed_form, signed_sha256, signed_storage_key, membership_id) in (0, 5))
);
comment on table nominations is 'The membership begins when the signed document comes back and is in order, not before.';
create unique index nominations_pending on nominations (institution_id, product_id, fiscal_code_index) where state = 'pending';
create index nominations_of on nominations (institution_id, opened_at desc, id desc);
create trigger nominations_versions after insert or update or delete on nominations for each row execute function keep_version();
alter table nominations enable row level security;
create policy nominations_own on nominations
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on nominations to ar_app;
