-- Sessions that their owner can tell apart and end; a session confirmed a moment ago; addresses that were verified.

alter table sessions add column id uuid not null default gen_random_uuid();
alter table sessions add column device text;
alter table sessions add column step_up_until timestamptz;
comment on column sessions.id is 'What the owner calls it by: the same through every change of the cookie, so not unique among those that are over.';
comment on column sessions.device is 'Browser and system in a few words, as they presented themselves at the login; nothing finer is kept.';
comment on column sessions.step_up_until is 'Until when what asks for a fresh confirmation may be done.';
create unique index sessions_live on sessions (id) where revoked_at is null;

alter table login_requests add column step_up_of uuid;
comment on column login_requests.step_up_of is 'The session that this login is to confirm; empty for a login that opens one.';

alter table persons add column blocked_at timestamptz;
comment on column persons.blocked_at is 'Stopped by the staff''s security: nobody enters with this fiscal code.';

alter table contacts add column verified_at timestamptz;
comment on column contacts.verified_at is 'Empty while somebody else declared the address and its owner has not yet answered from it.';
create policy contacts_person on contacts for select using (person_id = app_person());

create table contact_changes (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  institution_id uuid not null references institutions (id),
  email bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  ended_at timestamptz
);
comment on table contact_changes is 'Addresses that wait for the code mailed to them. The code is derived from id with our key: it is nowhere, not even as a digest.';
create unique index contact_changes_open on contact_changes (person_id, institution_id) where ended_at is null;
create index contact_changes_asked on contact_changes (person_id, asked_at);
alter table contact_changes enable row level security;
create policy contact_changes_own on contact_changes
  using (person_id = app_person() or (select app_purpose()) = 'system');
grant select, insert, update, delete on contact_changes to ar_app;
