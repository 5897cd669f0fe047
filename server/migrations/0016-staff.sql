-- The company's own people: they enter with their own identity provider, by their own door, into sessions of their own.

create table staff_members (
  id uuid primary key default gen_random_uuid(),
  issuer text not null,
  subject text not null,
  name bytea not null,
  email_index bytea,
  groups jsonb not null default '[]',
  first_entered_at timestamptz not null,
  last_entered_at timestamptz not null,
  unique (issuer, subject)
);
comment on table staff_members is 'Somebody of the staff, known by issuer and subject of their provider and never by name or mail.';
comment on column staff_members.name is 'Encrypted.';
comment on column staff_members.groups is 'The groups of the last login that give a profile, and no other. Which profile a group gives is a setting, read at each request.';

create table staff_first (
  only_one boolean primary key default true check (only_one),
  email_index bytea not null,
  staff_id uuid references staff_members (id),
  named_at timestamptz not null
);
comment on table staff_first is 'Who was named by the command before the groups exist. staff_id is bound at the first login with that verified address; from then on the address alone lets nobody in.';

create table staff_login_requests (
  state_hash bytea primary key,
  browser_hash bytea not null,
  secrets bytea not null,
  return_to text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table staff_login_requests is 'Logins of the staff under way. browser_hash binds them to the browser that asked.';
comment on column staff_login_requests.secrets is 'Nonce and PKCE code verifier, encrypted.';
create index staff_login_requests_expiry on staff_login_requests (expires_at);

create table staff_sessions (
  id_hash bytea primary key,
  staff_id uuid not null references staff_members (id),
  authenticated_at timestamptz not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
comment on column staff_sessions.id_hash is 'SHA-256 of the cookie: the cookie itself is nowhere.';
create index staff_sessions_of_member on staff_sessions (staff_id) where revoked_at is null;

grant select, insert, update on staff_members, staff_login_requests, staff_sessions to ar_app;
grant select, insert, update, delete on staff_first to ar_app;
grant delete on staff_login_requests, staff_sessions to ar_app;

-- Staff read across institutions by a declared purpose alone, and only what that purpose needs; one institution they read
-- as that institution, by app.institution.
comment on function app_purpose() is 'Why rows of several institutions are read: system (reactions, schedules, imports, mailed links), or the declared purpose of a reading by staff. Empty for people.';
create policy institutions_staff on institutions for select
  using ((select app_purpose()) in ('support', 'review', 'catalogue', 'monitoring', 'audit', 'security'));
create policy findings_staff on findings for select
  using (audience = 'staff' and (select app_purpose()) = 'monitoring');
create policy audit_lines_staff on audit_lines for select
  using (institution_id is null and (select app_purpose()) = 'audit');

create index findings_of_staff on findings (raised_at desc, id) where audience = 'staff' and resolved_at is null;
