-- What every room stands on: the application's role, the settings that row-level security reads, the audit trail,
-- the outbox, versions of configuration, idempotency, schedules.

do $$ begin
  create role ar_app nologin;
exception
  when duplicate_object or unique_violation then null;
  -- Somebody made it for us: whoever runs the portal need not be allowed to make roles.
  when insufficient_privilege then
    if not exists (select from pg_roles where rolname = 'ar_app') then raise; end if;
end $$;
do $$ begin
  execute format('grant ar_app to %I', current_user);
exception when others then null;
end $$;
do $$ begin
  execute format('grant usage on schema %I to ar_app', current_schema());
end $$;

-- The transaction's settings: for which institution, which person, and with what purpose it works.
create function app_institution() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.institution', true), '')::uuid $$;
create function app_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function app_purpose() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.purpose', true), '') $$;
comment on function app_purpose() is 'Why rows of several institutions are read: system (reactions, schedules, imports, mailed links). Empty for people.';

create table audit_chains (
  chain text primary key,
  sequence bigint not null default 0,
  digest bytea not null default '\x'
);
comment on table audit_chains is 'The head of each chain: an institution''s id, or "portal". Locked by whoever appends.';

create table audit_lines (
  chain text not null,
  sequence bigint not null,
  at timestamptz not null,
  institution_id uuid,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  body text not null,
  previous_digest bytea not null,
  digest bytea not null,
  primary key (chain, sequence)
);
comment on table audit_lines is 'Append-only. digest = sha256(previous_digest || sequence || newline || body); personal data stands in the body as a salted commitment.';
comment on column audit_lines.body is 'Canonical JSON of the line, exactly as it was hashed.';
create index audit_lines_at on audit_lines (institution_id, at desc) where institution_id is not null;

create table audit_personal (
  chain text not null,
  sequence bigint not null,
  field text not null,
  salt bytea not null,
  sealed bytea not null,
  primary key (chain, sequence, field),
  foreign key (chain, sequence) references audit_lines (chain, sequence)
);
comment on table audit_personal is 'What the commitments commit to, encrypted. Erasing a person deletes rows here and leaves the chain whole.';

create table events (
  id bigint generated always as identity primary key,
  type text not null,
  institution_id uuid,
  payload jsonb not null,
  trace_id text not null,
  at timestamptz not null
);
comment on table events is 'The outbox: facts in the order they were announced, written in the transaction that made them true.';
create index events_of_institution on events (institution_id, id);

create table deliveries (
  event_id bigint not null references events (id),
  subscriber text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  last_error text,
  done_at timestamptz,
  primary key (event_id, subscriber)
);
comment on table deliveries is 'Which reaction still owes what to which event. Claimed with FOR UPDATE SKIP LOCKED, retried with growing pauses, dead after ten.';
create index deliveries_waiting on deliveries (next_at, event_id) where state = 'waiting';

create table schedules (
  name text primary key,
  next_at timestamptz not null,
  last_at timestamptz
);
comment on table schedules is 'Work by the clock: whoever moves next_at does the work.';

create table row_versions (
  table_name text not null,
  row_key text not null,
  version int not null,
  institution_id uuid,
  row_state jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid,
  removed boolean not null default false,
  primary key (table_name, row_key, version)
);
comment on table row_versions is 'Every version of every row of configuration, with who and when.';
create index row_versions_of_institution on row_versions (institution_id, changed_at);

create function keep_version() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  state jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  key text := case when state ? 'id' then state ->> 'id' else (state ->> 'institution_id') || '/' || (state ->> 'product_id') end;
begin
  insert into row_versions (table_name, row_key, version, institution_id, row_state, changed_at, changed_by, removed)
  values (tg_table_name, key,
    coalesce((select max(v.version) from row_versions v where v.table_name = tg_table_name and v.row_key = key), 0) + 1,
    coalesce((state ->> 'institution_id')::uuid, case when tg_table_name = 'institutions' then (state ->> 'id')::uuid end),
    state, now(), app_person(), tg_op = 'DELETE');
  return null;
end $$;

create table idempotency_keys (
  actor text not null,
  endpoint text not null,
  key text not null,
  body_digest bytea not null,
  answer jsonb not null,
  at timestamptz not null default now(),
  primary key (actor, endpoint, key)
);
comment on table idempotency_keys is 'The first answer to a repeated write, kept 24 hours.';
create index idempotency_keys_at on idempotency_keys (at);

-- Appends lines to the trail and facts to the outbox in one statement. Each line:
-- {chain, institutionId, at, action, outcome, body, personal: [{field, salt, sealed}], event?: {type, payload, traceId, subscribers: []}}
create function record_facts(lines jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line jsonb;
  head audit_chains;
  next_digest bytea;
  event_key bigint;
  announced boolean := false;
begin
  for line in select value from jsonb_array_elements(lines) with ordinality order by value ->> 'chain', ordinality loop
    insert into audit_chains (chain) values (line ->> 'chain') on conflict do nothing;
    select * into head from audit_chains where chain = line ->> 'chain' for update;
    next_digest := sha256(head.digest || convert_to((head.sequence + 1)::text || e'\n' || (line ->> 'body'), 'UTF8'));
    insert into audit_lines (chain, sequence, at, institution_id, action, outcome, body, previous_digest, digest)
    values (line ->> 'chain', head.sequence + 1, (line ->> 'at')::timestamptz, (line ->> 'institutionId')::uuid,
      line ->> 'action', line ->> 'outcome', line ->> 'body', head.digest, next_digest);
    update audit_chains set sequence = head.sequence + 1, digest = next_digest where chain = head.chain;
    insert into audit_personal (chain, sequence, field, salt, sealed)
      select head.chain, head.sequence + 1, p ->> 'field', decode(p ->> 'salt', 'base64'), decode(p ->> 'sealed', 'base64')
      from jsonb_array_elements(coalesce(line -> 'personal', '[]')) p;
    if line -> 'event' is not null and jsonb_typeof(line -> 'event') = 'object' then
      insert into events (type, institution_id, payload, trace_id, at)
      values (line -> 'event' ->> 'type', (line ->> 'institutionId')::uuid, line -> 'event' -> 'payload', line -> 'event' ->> 'traceId', (line ->> 'at')::timestamptz)
      returning id into event_key;
      insert into deliveries (event_id, subscriber)
        select event_key, s from jsonb_array_elements_text(line -> 'event' -> 'subscribers') s;
      announced := announced or jsonb_array_length(line -> 'event' -> 'subscribers') > 0;
    end if;
  end loop;
  if announced then perform pg_notify('ar_deliveries', ''); end if;
end $$;

alter table audit_lines enable row level security;
alter table audit_lines force row level security;
create policy audit_lines_readers on audit_lines for select
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy audit_lines_writer on audit_lines for insert with check (current_user <> 'ar_app');
alter table audit_personal enable row level security;
create policy audit_personal_system on audit_personal using ((select app_purpose()) = 'system');
alter table row_versions enable row level security;
create policy row_versions_readers on row_versions for select
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table events enable row level security;
create policy events_system on events using ((select app_purpose()) = 'system');

grant select on audit_lines, audit_personal, audit_chains, row_versions, events to ar_app;
grant select, update, delete on deliveries to ar_app;
grant select, insert, update on schedules to ar_app;
grant select, insert, update, delete on idempotency_keys to ar_app;
grant execute on function record_facts(jsonb) to ar_app;
