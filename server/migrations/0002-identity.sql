-- Persons, their logins and sessions. A person is a fiscal code certified by SPID or CIE, known inside by a UUID.

create table persons (
  id uuid primary key default gen_random_uuid(),
  fiscal_code_index bytea not null unique,
  fiscal_code bytea not null,
  given_name text not null,
  family_name text not null,
  date_of_birth date,
  first_entered_at timestamptz,
  last_entered_at timestamptz,
  created_at timestamptz not null default now()
);
comment on column persons.fiscal_code is 'Encrypted.';
comment on column persons.fiscal_code_index is 'Keyed equality index of the fiscal code.';
comment on column persons.first_entered_at is 'Empty for a person who was named by somebody and has not entered yet: names are declared, not certified.';

create table login_requests (
  id text primary key,
  browser_hash bytea not null,
  identity_provider text not null,
  level int not null check (level between 1 and 3),
  relay_state text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  return_to text not null,
  used_at timestamptz
);
comment on table login_requests is 'AuthnRequests that wait for their response. browser_hash binds them to the browser that asked.';
create index login_requests_expiry on login_requests (expires_at);

create table used_assertions (
  identity_provider text not null,
  assertion_id text not null,
  expires_at timestamptz not null,
  primary key (identity_provider, assertion_id)
);
comment on table used_assertions is 'Assertions already accepted, until they expire by themselves: a replay finds its row.';

create table login_register (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  request_id text not null,
  response_id text,
  assertion_id text,
  identity_provider text not null,
  person_id uuid references persons (id),
  outcome text not null,
  pair bytea not null
);
comment on table login_register is 'Request and response pairs, encrypted, kept 24 months (SPID technical rules).';
create index login_register_at on login_register (at);
create index login_register_request on login_register (request_id);

create table sessions (
  id_hash bytea primary key,
  person_id uuid not null references persons (id),
  scheme text not null check (scheme in ('spid', 'cie')),
  identity_provider text not null,
  level int not null,
  authenticated_at timestamptz not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
comment on column sessions.id_hash is 'SHA-256 of the cookie: the cookie itself is nowhere.';
create index sessions_of_person on sessions (person_id) where revoked_at is null;

grant select, insert, update on persons, login_requests, sessions to ar_app;
grant select, insert, delete on used_assertions, login_register to ar_app;
grant delete on login_requests, sessions to ar_app;
