-- Creditor institutions and partners on the node of pagoPA: their registration in each environment, their stations, and which
-- institutions receive payments through which station.

create table node_registrations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  capacity text not null check (capacity in ('creditor-institution', 'technology-partner')),
  name text not null,
  tax_code text not null,
  connection text not null check (connection in ('direct', 'intermediary')),
  intermediary_id uuid references institutions (id),
  creditor_broker boolean not null,
  psp_broker boolean not null default false,
  address text not null,
  city text not null,
  zip_code text not null,
  county text not null,
  tax_domicile text not null,
  psp_payment boolean not null default true,
  cbill_code text check (cbill_code ~ '^[A-Z0-9]{5}$'),
  version int not null default 1,
  registered_at timestamptz not null,
  registered_by uuid references persons (id),
  changed_at timestamptz not null,
  changed_by uuid references persons (id),
  unique (institution_id, environment),
  unique (environment, tax_code),
  check ((connection = 'intermediary') = (intermediary_id is not null)),
  check (intermediary_id <> institution_id),
  check (capacity = 'creditor-institution' or (creditor_broker or psp_broker)),
  check (capacity = 'technology-partner' or creditor_broker = (connection = 'direct'))
);
comment on table node_registrations is 'One row per institution and environment. A creditor institution that is direct is a broker too: it has stations of its own.';
comment on column node_registrations.registered_by is 'Empty: an import of the staff, or the portal.';
comment on column node_registrations.intermediary_id is 'Who connects an institution that is not direct: a partner it delegated, or another broker.';
create index node_registrations_through on node_registrations (intermediary_id, environment, name, institution_id) where intermediary_id is not null;
create index node_registrations_brokers on node_registrations (environment, name, institution_id) where creditor_broker;

create table node_encodings (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  kind text not null check (kind in ('qr-code', 'barcode-128-aim')),
  code text not null check (case kind when 'qr-code' then length(code) between 11 and 16 else code ~ '^[0-9]{12}$' end),
  unique (environment, kind, code)
);
comment on table node_encodings is 'Codes by which payers find an institution on paper; each of one institution alone. The GS1-128 bar code is deprecated and not kept.';
create index node_encodings_of_institution on node_encodings (institution_id, environment);

create table operations_contacts (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  sealed bytea not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null references persons (id),
  unique (institution_id, environment)
);
comment on table operations_contacts is 'Whom the platform calls when a station does not answer ("tavolo operativo").';
comment on column operations_contacts.sealed is 'Referent, mail and telephone, encrypted.';

create table stations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  code text not null check (code ~ '^[A-Za-z0-9_]{1,35}$'),
  prefix text generated always as (substring(code from '^([A-Za-z0-9]+)_[0-9]{1,6}$')) stored,
  number int generated always as (substring(code from '^[A-Za-z0-9]+_([0-9]{1,6})$')::int) stored,
  description text not null default '',
  state text not null check (state in ('pending', 'active', 'retired')),
  settings jsonb not null,
  operator_settings jsonb not null default '{}',
  connection text generated always as (settings ->> 'connection') stored,
  primitive_version int generated always as ((settings ->> 'primitiveVersion')::int) stored,
  origin_id uuid references stations (id),
  institutions int not null default 0 check (institutions >= 0),
  activated_at timestamptz,
  retired_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid references persons (id),
  changed_at timestamptz not null,
  changed_by uuid references persons (id),
  unique (environment, code),
  check (connection in ('sync', 'async')),
  check (primitive_version in (1, 2)),
  check ((state = 'active') <= (activated_at is not null)),
  check ((state = 'retired') = (retired_at is not null))
);
comment on table stations is 'The endpoint of creditor institutions on the node; institution_id is the broker whose it is. A retired row keeps its code for ever.';
comment on column stations.settings is 'What is live, in the shape StationSettings of the API; of a pending station, what was asked.';
comment on column stations.operator_settings is 'What only the platform''s operators set.';
comment on column stations.origin_id is 'The station in test from which it was promoted.';
comment on column stations.institutions is 'How many institutions are associated: kept by a trigger, since lists show it.';
comment on column stations.number is 'The number within the broker''s tax code: codes are allocated from these rows under the lock of the registration.';
create index stations_of_broker on stations (institution_id, environment, code);
create index stations_numbers on stations (environment, prefix, number);
create index stations_origin on stations (origin_id) where origin_id is not null;

create table station_associations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  broker_id uuid not null references institutions (id),
  station_id uuid not null references stations (id),
  environment text not null check (environment in ('test', 'production')),
  station_code text not null,
  station_state text not null,
  broker_name text not null,
  broker_tax_code text not null,
  name text not null,
  tax_code text not null,
  aux_digit int check (aux_digit between 0 and 3),
  segregation_code text check (segregation_code ~ '^[0-9]{2}$'),
  application_code text check (application_code ~ '^[0-9]{2}$'),
  broadcast boolean not null default false,
  mod4 boolean not null default true,
  aca boolean not null default true,
  stand_in boolean not null default true,
  spontaneous_payment boolean not null default false,
  valid_from date not null,
  state text not null default 'active' check (state in ('active', 'ended', 'refused')),
  reason text,
  moving boolean not null default false,
  version int not null default 1,
  made_at timestamptz not null,
  made_by uuid references persons (id),
  changed_at timestamptz not null,
  changed_by uuid references persons (id),
  check (aca or not stand_in),
  check (aux_digit is distinct from 3 or segregation_code is not null),
  check (aux_digit is distinct from 0 or application_code is not null),
  check (aux_digit is null or aux_digit not in (1, 2) or (segregation_code is null and application_code is null))
);
comment on table station_associations is 'A creditor institution receives through a station. A row with two sides, institution and broker: both read it, and the names of each stand here because neither may read the other''s row.';
comment on column station_associations.aux_digit is '3 with a segregation code, the only one that is still given; 0, 1 and 2 for what was there before; empty where both codes are used.';
comment on column station_associations.moving is 'Part of a move between partners: it does not end by itself until the move is over.';
-- Each code is looked for in its own column, and by an index: two brokers who choose at once cannot both have it.
create unique index station_associations_segregation on station_associations (environment, institution_id, segregation_code) where state = 'active';
create unique index station_associations_application on station_associations (environment, institution_id, application_code) where state = 'active';
create unique index station_associations_once on station_associations (station_id, institution_id) where state = 'active';
create index station_associations_of_station on station_associations (station_id, name, id) where state = 'active';
create index station_associations_of_institution on station_associations (institution_id, environment, made_at desc, id desc);
create index station_associations_of_broker on station_associations (broker_id, environment, name, id) where state = 'active';

create table station_changes (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  station_id uuid not null references stations (id),
  kind text not null check (kind in ('creation', 'update')),
  description text not null,
  settings jsonb not null,
  before jsonb not null,
  state text not null check (state in ('waiting', 'changes-requested', 'approved', 'refused', 'withdrawn')),
  round int not null default 1,
  rules_version text not null,
  rules jsonb not null,
  proposed_at timestamptz not null,
  proposed_by uuid references persons (id),
  due_at timestamptz,
  decided_at timestamptz,
  decided_by uuid references staff_members (id),
  note text,
  unanswered_since timestamptz,
  version int not null default 1,
  check ((state in ('approved', 'refused')) <= (decided_at is not null))
);
comment on table station_changes is 'What was asked of a station and what became of it. While one waits, the station stays as it is: the proposal stands here.';
comment on column station_changes.before is 'Description and settings that were live when it was asked: empty object for a new station.';
comment on column station_changes.decided_by is 'Empty with a decision: the published rules decided, all of them passed.';
create unique index station_changes_open on station_changes (station_id) where state in ('waiting', 'changes-requested');
create index station_changes_of_station on station_changes (station_id, proposed_at desc, id desc);
create index station_changes_of_broker on station_changes (institution_id, environment) where state in ('waiting', 'changes-requested');
create index station_changes_queue on station_changes (due_at, id) where state = 'waiting';
create index station_changes_with_broker on station_changes (decided_at desc, id desc) where state = 'changes-requested';
create index station_changes_decided on station_changes (decided_at desc, id desc) where state in ('approved', 'refused');

create table station_messages (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null,
  change_id uuid not null references station_changes (id),
  person_id uuid references persons (id),
  staff_id uuid references staff_members (id),
  text text not null,
  at timestamptz not null,
  check (num_nonnulls(person_id, staff_id) = 1)
);
create index station_messages_of_change on station_messages (change_id, at, id);

create table connection_tests (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  station_id uuid not null references stations (id),
  endpoint text not null check (endpoint in ('notice', 'receipt', 'redirect', 'rest')),
  url text not null,
  outcome text not null check (outcome in ('passed', 'warning', 'failed')),
  steps jsonb not null,
  at timestamptz not null,
  by uuid references persons (id)
);
comment on table connection_tests is 'Each test of an endpoint with its steps: the last one of each address is shown, and the rules of a change ask for it.';
create index connection_tests_of_station on connection_tests (station_id, endpoint, at desc);
create index connection_tests_recent on connection_tests (institution_id, at desc);

create table notice_sequences (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  segregation_code text not null,
  last_base bigint not null default 0 check (last_base between 0 and 9999999999999),
  unique (institution_id, environment, segregation_code)
);
comment on table notice_sequences is 'The last base given in a notice number: a row that is locked and counted up, never a clock.';

create trigger node_registrations_versions after insert or update or delete on node_registrations for each row execute function keep_version();
create trigger node_encodings_versions after insert or update or delete on node_encodings for each row execute function keep_version();
create trigger operations_contacts_versions after insert or update or delete on operations_contacts for each row execute function keep_version();
-- The count of institutions changes with them, and is no new version of the station.
create trigger stations_versions_new after insert or delete on stations for each row execute function keep_version();
create trigger stations_versions after update on stations for each row when (old.version is distinct from new.version) execute function keep_version();
create trigger station_associations_versions after insert or update or delete on station_associations for each row execute function keep_version();
create trigger station_changes_versions after insert or update or delete on station_changes for each row execute function keep_version();

-- Names on both sides, and the count: written by definers, since neither side may read the other.
create function fill_association() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  select s.code, s.state, s.environment, s.institution_id into new.station_code, new.station_state, new.environment, new.broker_id from stations s where s.id = new.station_id;
  select i.name, i.tax_code into new.broker_name, new.broker_tax_code from institutions i where i.id = new.broker_id;
  select i.name, i.tax_code into new.name, new.tax_code from institutions i where i.id = new.institution_id;
  return new;
end $$;
create trigger station_associations_fill before insert on station_associations for each row execute function fill_association();
create function count_associations() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare change int := case when tg_op = 'INSERT' then (new.state = 'active')::int else (new.state = 'active')::int - (old.state = 'active')::int end;
begin
  if change <> 0 then update stations set institutions = institutions + change where id = new.station_id; end if;
  return null;
end $$;
create trigger station_associations_count after insert or update of state on station_associations for each row execute function count_associations();
create function keep_association_names() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  update station_associations set name = new.name, tax_code = new.tax_code where institution_id = new.id;
  update station_associations set broker_name = new.name, broker_tax_code = new.tax_code where broker_id = new.id;
  update node_registrations set name = new.name where institution_id = new.id;
  return null;
end $$;
create trigger institutions_associations after update on institutions for each row
  when ((old.name, old.tax_code) is distinct from (new.name, new.tax_code)) execute function keep_association_names();
create function keep_association_station() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  update station_associations set station_state = new.state where station_id = new.id;
  return null;
end $$;
create trigger stations_associations after update of state on stations for each row when (old.state is distinct from new.state) execute function keep_association_station();

alter table node_registrations enable row level security;
create policy node_registrations_own on node_registrations using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy node_registrations_mandate on node_registrations using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table node_encodings enable row level security;
create policy node_encodings_own on node_encodings using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy node_encodings_mandate on node_encodings using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table operations_contacts enable row level security;
create policy operations_contacts_own on operations_contacts using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy operations_contacts_mandate on operations_contacts using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table stations enable row level security;
create policy stations_own on stations using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy stations_mandate on stations using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
create policy stations_staff on stations for select using ((select app_purpose()) = 'review');
alter table station_associations enable row level security;
create policy station_associations_sides on station_associations
  using (institution_id = app_institution() or broker_id = app_institution() or (select app_purpose()) = 'system');
create policy station_associations_mandate on station_associations
  using ((institution_id = app_delegator() or broker_id = app_delegator()) and 'pagopa/' || environment = (select app_mandate()));
alter table station_changes enable row level security;
create policy station_changes_own on station_changes using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy station_changes_mandate on station_changes using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
create policy station_changes_staff on station_changes for select using ((select app_purpose()) = 'review');
alter table station_messages enable row level security;
create policy station_messages_own on station_messages using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy station_messages_mandate on station_messages using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table connection_tests enable row level security;
create policy connection_tests_own on connection_tests using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy connection_tests_mandate on connection_tests using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
alter table notice_sequences enable row level security;
create policy notice_sequences_own on notice_sequences using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy notice_sequences_mandate on notice_sequences using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));

grant select, insert, update on node_registrations, operations_contacts, stations, station_associations, station_changes, notice_sequences to ar_app;
grant select, insert, delete on node_encodings to ar_app;
grant select, insert on station_messages, connection_tests to ar_app;

-- May whoever asks (as institution or under a mandate) serve this institution on pagoPA, in this environment? Itself, by an
-- active delegation, or because the institution chose it as its intermediary when it registered.
create function app_here() returns uuid language sql stable parallel safe as $$ select coalesce(app_institution(), app_delegator()) $$;
create function serves_creditor(p_broker uuid, p_institution uuid, p_environment text, at timestamptz) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return p_broker = p_institution
    or exists (select 1 from delegations d where d.institution_id = p_institution and d.partner_id = p_broker and d.product_id = 'pagopa' and d.state = 'active'
         and d.environment in (p_environment, 'both') and d.begins_at <= at and (d.ends_at is null or d.ends_at > at))
    or exists (select 1 from node_registrations r where r.institution_id = p_institution and r.environment = p_environment and r.intermediary_id = p_broker);
end $$;
-- What a broker may know of an institution that it serves: is it registered, and which codes it uses, on whatever station.
create function creditor_on_node(p_broker uuid, p_institution uuid, p_environment text, at timestamptz)
returns table (candidate boolean, registered boolean, tax_code text, name text, codes text[]) language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  if app_purpose() is distinct from 'system' and app_here() is distinct from p_broker then return; end if;
  return query select serves_creditor(p_broker, i.id, p_environment, at), r.id is not null, i.tax_code, i.name,
    array(select a.segregation_code from station_associations a where a.institution_id = i.id and a.environment = p_environment and a.state = 'active' and a.segregation_code is not null
      union select a.application_code from station_associations a where a.institution_id = i.id and a.environment = p_environment and a.state = 'active' and a.application_code is not null)
    from institutions i left join node_registrations r on r.institution_id = i.id and r.environment = p_environment and r.capacity = 'creditor-institution'
    where i.id = p_institution and serves_creditor(p_broker, i.id, p_environment, at);
end $$;
-- Whom a broker may associate: itself, who delegated it, who chose it. By name, a page at a time.
create function creditor_candidates(p_broker uuid, p_station uuid, p_environment text, at timestamptz, p_search text, after_name text, after_id uuid, most int)
returns table (id uuid, name text, tax_code text, registered boolean) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if app_purpose() is distinct from 'system' and app_here() is distinct from p_broker then return; end if;
  return query
    select c.id, c.name, c.tax_code, exists (select 1 from node_registrations r where r.institution_id = c.id and r.environment = p_environment)
    from (
      select i.id, i.name, i.tax_code from institutions i where i.id = p_broker
        and exists (select 1 from institution_products p where p.institution_id = i.id and p.product_id = 'pagopa' and p.state = 'active' and p.kind <> 'PT')
      union
      select v.institution_id, v.name, v.tax_code from delegation_portfolio v where v.partner_id = p_broker and v.product_id = 'pagopa' and v.state = 'active'
        and v.environment in (p_environment, 'both') and v.begins_at <= at and (v.ends_at is null or v.ends_at > at)
      union
      select r.institution_id, r.name, r.tax_code from node_registrations r where r.intermediary_id = p_broker and r.environment = p_environment
    ) c
    where (p_search is null or c.name ilike '%' || p_search || '%' or c.tax_code = p_search)
      and (after_name is null or (c.name, c.id) > (after_name, after_id))
      and not exists (select 1 from station_associations a where a.station_id = p_station and a.institution_id = c.id and a.state = 'active')
    order by c.name, c.id limit most;
end $$;
-- Brokers that an institution may choose: public knowledge, as the list of partners is.
create function creditor_brokers(p_institution uuid, p_environment text, at timestamptz, p_search text, after_delegated boolean, after_name text, after_id uuid, most int)
returns table (id uuid, name text, tax_code text, delegated boolean) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select b.id, b.name, b.tax_code, b.delegated from (
      select r.institution_id as id, r.name, r.tax_code, exists (select 1 from delegations d where d.institution_id = p_institution and d.partner_id = r.institution_id
          and d.product_id = 'pagopa' and d.state = 'active' and d.environment in (p_environment, 'both') and d.begins_at <= at and (d.ends_at is null or d.ends_at > at)) as delegated,
        r.capacity
      from node_registrations r where r.environment = p_environment and r.creditor_broker and r.institution_id <> p_institution
    ) b
    where (b.delegated or b.capacity = 'creditor-institution')
      and (p_search is null or b.name ilike '%' || p_search || '%' or b.tax_code = p_search)
      and (after_name is null or (not b.delegated, b.name, b.id) > (not after_delegated, after_name, after_id))
    order by not b.delegated, b.name, b.id limit most;
end $$;
-- Is this a broker on the node, and by what right may the institution choose it?
create function creditor_broker(p_institution uuid, p_broker uuid, p_environment text, at timestamptz)
returns table (name text, capacity text, delegated boolean) language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query select r.name, r.capacity, exists (select 1 from delegations d where d.institution_id = p_institution and d.partner_id = p_broker
      and d.product_id = 'pagopa' and d.state = 'active' and d.environment in (p_environment, 'both') and d.begins_at <= at and (d.ends_at is null or d.ends_at > at))
    from node_registrations r where r.institution_id = p_broker and r.environment = p_environment and r.creditor_broker;
end $$;
grant execute on function app_here(), serves_creditor(uuid, uuid, text, timestamptz), creditor_on_node(uuid, uuid, text, timestamptz),
  creditor_candidates(uuid, uuid, text, timestamptz, text, text, uuid, int), creditor_brokers(uuid, text, timestamptz, text, boolean, text, uuid, int),
  creditor_broker(uuid, uuid, text, timestamptz) to ar_app;

-- The first number that no station of this tax code has, in whatever state: counted over the rows, however many they are. Channels
-- share the numbers, and will be counted here.
create function next_station_number(p_environment text, p_prefix text) returns int language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return (select n from generate_series(1, 9999) n
    where not exists (select 1 from stations s where s.environment = p_environment and s.prefix = p_prefix and s.number = n) order by n limit 1);
end $$;
grant execute on function next_station_number(text, text) to ar_app;
