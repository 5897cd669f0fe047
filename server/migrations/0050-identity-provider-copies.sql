-- The last good copy of what each source of identity providers said: a start does not depend on the source.

create table identity_provider_copies (
  source text primary key,
  document text,
  digest text,
  providers jsonb not null default '[]',
  asked_since timestamptz not null,
  good_at timestamptz,
  refresh_at timestamptz not null,
  failures int not null default 0,
  last_error text,
  alarmed_at timestamptz,
  check ((document is null) = (good_at is null) and (document is null) = (digest is null))
);
comment on table identity_provider_copies is 'One row for each source in the settings. The document is public and signed; whoever reads it checks it again.';
comment on column identity_provider_copies.document is 'The last one that was believed; a failure never replaces it.';
comment on column identity_provider_copies.providers is 'What of each provider is worth a line in the trail when it changes: keys, addresses.';
comment on column identity_provider_copies.good_at is 'When the source last gave something to be believed, changed or not.';
comment on column identity_provider_copies.alarmed_at is 'The staff were told that no good copy came for too long.';

grant select, insert, update, delete on identity_provider_copies to ar_app;
