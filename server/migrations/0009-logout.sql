-- A provider may ask to end a session that it opened: it names the person by the identifier of that login.
alter table sessions add column name_id text;
comment on column sessions.name_id is 'The transient NameID of the assertion, for the provider''s request to log out.';
create index sessions_of_login on sessions (identity_provider, name_id) where revoked_at is null and name_id is not null;
