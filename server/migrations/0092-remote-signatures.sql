-- Signing inside the portal: what a remote signature keeps between the two times that the person leaves and comes back.

create table remote_signatures (
  state_hash bytea primary key,
  browser_hash bytea not null,
  onboarding_id uuid not null references onboardings (id),
  secrets bytea not null,
  began_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table remote_signatures is 'Remote signatures under way, each step by the SHA-256 of its state; browser_hash binds it to the browser that began. Swept when over.';
comment on column remote_signatures.secrets is 'Encrypted: the mailed link, the PKCE verifier, the step; at the second one also the token of the service, the credential and the moment.';
create index remote_signatures_expiry on remote_signatures (expires_at);
alter table remote_signatures enable row level security;
create policy remote_signatures_system on remote_signatures using ((select app_purpose()) = 'system');
grant select, insert, update, delete on remote_signatures to ar_app;
