-- The keys with which tokens for the back offices of products are signed. A new one is published before it signs, an old one after.

create table back_office_keys (
  id uuid primary key default gen_random_uuid(),
  kid text not null unique,
  public_jwk jsonb not null,
  private_key bytea not null,
  made_at timestamptz not null,
  signs_from timestamptz not null,
  signs_until timestamptz not null check (signs_until > signs_from)
);
comment on table back_office_keys is 'Keys by turns: published from made_at, signing between signs_from and signs_until, published for a day more.';
comment on column back_office_keys.private_key is 'PKCS #8, encrypted under DATA_KEY.';
create index back_office_keys_by_turn on back_office_keys (signs_until);

alter table back_office_keys enable row level security;
create policy back_office_keys_system on back_office_keys using ((select app_purpose()) = 'system');
grant select, insert, delete on back_office_keys to ar_app;
