-- The register of logins becomes searchable by all that the rules name, and keeps the request as it left.

alter table login_requests add column document bytea;
comment on column login_requests.document is 'The request as it left, encrypted: half of the pair that the register keeps.';

alter table login_register add column scheme text check (scheme in ('spid', 'cie'));
alter table login_register add column response_issuer text;
alter table login_register add column subject_index bytea;
comment on column login_register.response_id is 'As the response says, verified or not: what was refused must be found too.';
comment on column login_register.response_issuer is 'As the response says; identity_provider is who was asked.';
comment on column login_register.subject_index is 'Keyed equality index of the certified fiscal code; empty when nothing was verified.';
comment on column login_register.person_id is 'Empty for who did not enter.';
create index login_register_response on login_register (response_id);
create index login_register_assertion on login_register (assertion_id);
create index login_register_subject on login_register (subject_index, at);
create index login_register_issuer on login_register (response_issuer, at);
