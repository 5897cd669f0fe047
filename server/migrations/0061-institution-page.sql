-- What an institution says of itself: how to reach it, and its logo. What a registry says stays in institutions, and is not written here.

create table institution_pages (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null unique references institutions (id),
  assistance_email text,
  assistance_phone text,
  operations_name text,
  operations_email text,
  operations_phone text,
  website text,
  logo_sha256 bytea,
  logo_storage_key text,
  logo_size int,
  logo_at timestamptz,
  version int not null default 0,
  check (num_nulls(logo_sha256, logo_storage_key, logo_size, logo_at) in (0, 4))
);
comment on column institution_pages.operations_name is 'An office, or who answers: shown to the people of the institution and to the staff.';
comment on column institution_pages.version is 'Of the contacts, for If-Match. A logo does not move it: 0 until contacts are written.';
comment on column institution_pages.logo_size is 'Pixels of one side: a logo is square.';
create trigger institution_pages_versions after insert or update or delete on institution_pages for each row execute function keep_version();
alter table institution_pages enable row level security;
create policy institution_pages_own on institution_pages
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on institution_pages to ar_app;
