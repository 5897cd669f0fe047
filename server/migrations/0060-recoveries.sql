-- Who signs for an institution, as far as is known; and the way back in when nobody administers it any more.

create table legal_representatives (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  given_name text not null,
  family_name text not null,
  fiscal_code bytea not null,
  fiscal_code_index bytea not null,
  email bytea,
  source text not null check (source in ('onboarding', 'declared')),
  onboarding_id uuid,
  declared_by uuid references persons (id),
  since timestamptz not null,
  until timestamptz,
  version int not null default 1,
  check ((source = 'declared') = (declared_by is not null))
);
comment on table legal_representatives is 'One at a time for an institution, the others are its past. From a signed agreement, or declared.';
create unique index legal_representatives_current on legal_representatives (institution_id) where until is null;
create index legal_representatives_by_code on legal_representatives (fiscal_code_index) where until is null;
create index legal_representatives_of on legal_representatives (institution_id, since desc, id);

insert into legal_representatives (institution_id, given_name, family_name, fiscal_code, fiscal_code_index, email, source, onboarding_id, since)
select distinct on (institution_id) institution_id, manager_given_name, manager_family_name, manager_fiscal_code, manager_fiscal_code_index, manager_email, 'onboarding', id, coalesce(ended_at, submitted_at)
from onboardings where state = 'completed' and manager_fiscal_code_index is not null and manager_given_name is not null and manager_family_name is not null
order by institution_id, coalesce(ended_at, submitted_at) desc, id;

create table recoveries (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  person_id uuid not null references persons (id),
  says text not null check (says in ('member', 'legal-representative')),
  email bytea not null,
  email_index bytea not null,
  message text not null default '',
  state text not null default 'open' check (state in ('open', 'waiting', 'completed', 'stopped', 'expired')),
  pec text not null,
  pec_from_registry boolean not null,
  representative_index bytea,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  pec_confirmed_at timestamptz,
  vouched_at timestamptz,
  vouched_by text check (vouched_by in ('legal-representative', 'staff')),
  vouch_note text not null default '',
  waits_until timestamptz,
  ended_at timestamptz,
  stopped_by text check (stopped_by in ('member', 'legal-representative', 'staff', 'pec', 'requester', 'administrator')),
  stopped_by_person uuid references persons (id),
  version int not null default 1,
  unique (institution_id, id),
  check ((vouched_at is null) = (vouched_by is null)),
  check (state not in ('waiting', 'completed') or (pec_confirmed_at is not null and vouched_at is not null and waits_until is not null)),
  check ((state in ('completed', 'stopped', 'expired')) = (ended_at is not null)),
  check ((state = 'stopped') = (stopped_by is not null))
);
comment on table recoveries is 'Somebody asks to administer an institution that nobody administers. The PEC and the legal representative (or the staff) confirm, then everybody has some days to stop it.';
comment on column recoveries.pec is 'Where the link went: the address of the registry at that moment, never a typed one.';
comment on column recoveries.representative_index is 'Who was on record then, by fiscal code; null: nobody was.';
create unique index recoveries_one_at_a_time on recoveries (institution_id) where state in ('open', 'waiting');
create index recoveries_due on recoveries (waits_until) where state = 'waiting';
create index recoveries_expiring on recoveries (expires_at) where state = 'open';
create index recoveries_of_person on recoveries (person_id, asked_at desc, id desc);
create index recoveries_of_representative on recoveries (representative_index) where state in ('open', 'waiting');
create index recoveries_all on recoveries (asked_at desc, id desc);

create trigger legal_representatives_versions after insert or update or delete on legal_representatives for each row execute function keep_version();
create trigger recoveries_versions after insert or update or delete on recoveries for each row execute function keep_version();

alter table legal_representatives enable row level security;
create policy legal_representatives_own on legal_representatives
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table recoveries enable row level security;
create policy recoveries_sides on recoveries
  using (institution_id = app_institution() or person_id = app_person() or (select app_purpose()) = 'system')
  with check (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy recoveries_staff on recoveries for select using ((select app_purpose()) = 'support');

grant select, insert, update on legal_representatives, recoveries to ar_app;
