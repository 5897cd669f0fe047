-- Single logout the other way: where a provider keeps a session of its own (level 1 alone), who leaves here is brought there.

alter table sessions add column name_qualifier text;
alter table sessions add column session_index text;
comment on column sessions.session_index is 'The provider''s own session, when it made one: only at level 1 (SPID technical rules).';

create table logout_requests (
  ticket_hash bytea primary key,
  identity_provider text not null,
  name_id text not null,
  name_qualifier text not null,
  session_index text not null,
  message_id text unique,
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table logout_requests is 'Who left here and is being brought to their provider to leave there too. ticket_hash is of a cookie of that browser.';
comment on column logout_requests.message_id is 'The ID of our LogoutRequest, once it left: the answer names it.';
create index logout_requests_expiry on logout_requests (expires_at);
grant select, insert, update, delete on logout_requests to ar_app;
