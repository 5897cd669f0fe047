-- Who works for an institution, on what, with which profile and until when.

create table memberships (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  profile text not null,
  state text not null check (state in ('active', 'suspended', 'ended')),
  begins_at timestamptz not null,
  ends_at timestamptz,
  onboarding_id uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  check (ends_at is null or ends_at > begins_at)
);
comment on table memberships is 'person × institution × product × profile × dates; product "institution" is the pseudo-product of what an institution does for itself.';
create unique index memberships_once on memberships (institution_id, person_id, product_id, profile) where state <> 'ended';
create index memberships_of_person on memberships (person_id, institution_id) where state <> 'ended';

create table contacts (
  person_id uuid not null references persons (id),
  institution_id uuid not null references institutions (id),
  email bytea not null,
  email_index bytea not null,
  primary key (person_id, institution_id)
);
comment on table contacts is 'One mail address of a person at each institution, encrypted.';

create trigger memberships_versions after insert or update or delete on memberships for each row execute function keep_version();

alter table memberships enable row level security;
create policy memberships_sides on memberships
  using (institution_id = app_institution() or person_id = app_person() or (select app_purpose()) = 'system')
  with check (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table contacts enable row level security;
create policy contacts_own on contacts
  using (institution_id = app_institution() or (select app_purpose()) = 'system');

grant select, insert, update on memberships, contacts to ar_app;
