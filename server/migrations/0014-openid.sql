-- CIE by OpenID Federation: what a login keeps until its answer, the chain that makes the provider believable, and the
-- access tokens that are given back when a session ends.

alter table login_requests add column secrets bytea;
comment on column login_requests.secrets is 'Encrypted, for OpenID alone: nonce, code verifier and the request as it was sent.';

create table federation_chains (
  provider text primary key,
  documents jsonb not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  refresh_at timestamptz not null
);
comment on table federation_chains is 'The last good trust chain of an OpenID provider: public documents, each signed; whoever reads them checks them again.';
comment on column federation_chains.expires_at is 'The earliest end of all that the chain relies on: afterwards nobody enters through it.';

create table access_tokens (
  session_hash bytea primary key references sessions (id_hash) on update cascade on delete cascade,
  identity_provider text not null,
  token bytea not null
);
comment on table access_tokens is 'What an OpenID provider gave us for the person of a session, encrypted. Revoked there when the session is over, then deleted.';

grant select, insert, update on federation_chains to ar_app;
grant select, insert, delete on access_tokens to ar_app;
