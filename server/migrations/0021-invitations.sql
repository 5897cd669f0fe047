-- Invitations to work for an institution, and requests: to join one's own institution, or for a permission that is missing.

create table invitations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  given_name text not null,
  family_name text not null,
  fiscal_code bytea not null,
  fiscal_code_index bytea not null,
  email bytea not null,
  email_index bytea not null,
  offers jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'accepted', 'revoked')),
  invited_by uuid not null references persons (id),
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  accepted_by uuid references persons (id),
  version int not null default 1,
  unique (institution_id, id)
);
comment on table invitations is 'The mailed link is signed and bound to the fiscal code: only who enters with that code accepts it, once.';
comment on column invitations.offers is 'What the person will hold: [{productId, profile, profileId, beginsAt, endsAt}].';
comment on column invitations.expires_at is 'Also in the link: sending it again moves it, and older links end.';
create unique index invitations_pending on invitations (institution_id, fiscal_code_index) where state = 'pending';
create index invitations_of_institution on invitations (institution_id, invited_at desc, id desc);

create table access_requests (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  person_id uuid not null references persons (id),
  kind text not null check (kind in ('membership', 'permission')),
  product_id text not null,
  profile text,
  permission text,
  wanted_until timestamptz,
  message text not null default '',
  asked_of uuid references persons (id),
  email bytea,
  state text not null default 'pending' check (state in ('pending', 'granted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references persons (id),
  note text not null default '',
  membership_id uuid references memberships (id),
  version int not null default 1,
  unique (institution_id, id),
  check ((kind = 'membership') = (profile is not null)),
  check ((kind = 'permission') = (permission is not null))
);
comment on column access_requests.kind is 'membership: somebody who does not work there yet asks for a profile; permission: a colleague asks for one permission.';
comment on column access_requests.email is 'The address that who asks to join gave, encrypted; it becomes the contact at this institution.';
create unique index access_requests_pending on access_requests (institution_id, person_id, kind, permission) nulls not distinct where state = 'pending';
create index access_requests_of_institution on access_requests (institution_id, asked_at desc, id desc);
create index access_requests_of_person on access_requests (person_id, asked_at desc, id desc);

create trigger invitations_versions after insert or update or delete on invitations for each row execute function keep_version();
create trigger access_requests_versions after insert or update or delete on access_requests for each row execute function keep_version();

alter table invitations enable row level security;
create policy invitations_own on invitations
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table access_requests enable row level security;
create policy access_requests_sides on access_requests
  using (institution_id = app_institution() or person_id = app_person() or (select app_purpose()) = 'system');
grant select, insert, update on invitations, access_requests to ar_app;
