-- Who asks for help, from which page, with which code; and what was answered.

create table assistance_requests (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  person_id uuid not null references persons (id),
  institution_id uuid references institutions (id),
  page text not null,
  trace_id text,
  language text not null check (language in ('it', 'en', 'de', 'fr', 'sl')),
  message bytea not null,
  email bytea not null,
  state text not null default 'open' check (state in ('open', 'answered')),
  asked_at timestamptz not null,
  answer bytea,
  answered_at timestamptz,
  answered_by uuid references staff_members (id),
  version int not null default 1,
  check ((state = 'answered') = (answer is not null)),
  check (num_nulls(answer, answered_at, answered_by) in (0, 3))
);
comment on table assistance_requests is 'A request for help carries the page and the code of what went wrong, so that nobody has to describe them.';
comment on column assistance_requests.message is 'Encrypted, as the answer: people write anything there.';
comment on column assistance_requests.trace_id is 'The code that the page showed: it finds the case in the log.';
create index assistance_requests_of_person on assistance_requests (person_id, asked_at desc, id desc);
create index assistance_requests_all on assistance_requests (asked_at desc, id desc);
create index assistance_requests_waiting on assistance_requests (asked_at desc, id desc) where state = 'open';

alter table assistance_requests enable row level security;
create policy assistance_requests_own on assistance_requests
  using (person_id = app_person() or (select app_purpose()) = 'system');
create policy assistance_requests_staff on assistance_requests for select using ((select app_purpose()) = 'support');
grant select, insert, update on assistance_requests to ar_app;
