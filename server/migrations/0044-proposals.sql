-- A request that waits for a second person: the same verb, with the same input, runs when somebody else who may approves it.

create table proposals (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  endpoint text not null,
  product_id text not null,
  environment text check (environment in ('test', 'production')),
  input bytea not null,
  digest bytea not null,
  outcome bytea not null,
  reason text,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn', 'expired')),
  proposed_by uuid not null references persons (id),
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid references persons (id),
  decided_at timestamptz,
  note text,
  check ((state = 'open') = (decided_at is null)),
  check (state not in ('approved', 'rejected') or (decided_by is not null and decided_by <> proposed_by))
);
comment on table proposals is 'What somebody asked for and a second person must approve. Nobody approves their own: the table says so too.';
comment on column proposals.endpoint is 'The dotted name of the endpoint whose verb will run.';
comment on column proposals.input is 'Path, query, body and version as they were sent, encrypted.';
comment on column proposals.digest is 'SHA-256 of the input: what is approved is what was proposed.';
comment on column proposals.outcome is 'What the verb answered and would have announced when it was tried without writing, encrypted.';
create index proposals_of_institution on proposals (institution_id, state, proposed_at desc, id desc);
create index proposals_to_expire on proposals (expires_at) where state = 'open';

create trigger proposals_versions after insert or update or delete on proposals for each row execute function keep_version();
alter table proposals enable row level security;
create policy proposals_own on proposals
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on proposals to ar_app;
