-- Where the money of an institution goes: its IBANs on pagoPA, in each environment.

create table ibans (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  description text not null,
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  holder_kind text not null check (holder_kind in ('own', 'other')),
  holder_tax_code text,
  holder_name text,
  holder_ground text,
  retires_on date,
  retired_at timestamptz,
  version int not null default 1,
  registered_at timestamptz not null,
  registered_by uuid not null references persons (id),
  changed_at timestamptz not null,
  changed_by uuid not null references persons (id),
  check ((holder_kind = 'other') = (holder_tax_code is not null and holder_name is not null and holder_ground is not null))
);
comment on table ibans is 'One row per account and environment; a retired one stays for the story of payments that knew it.';
comment on column ibans.holder_ground is 'Why money goes to an account that is not the institution''s own: one of the listed cases.';
comment on column ibans.retires_on is 'The day, in Rome, from which the account is no longer offered to payers.';
create unique index ibans_once on ibans (institution_id, environment, iban) where retired_at is null;
-- A postal account belongs to one institution alone: uniqueness crosses institutions, so an index holds it.
create unique index ibans_postal on ibans (environment, iban) where retired_at is null and substr(iban, 6, 5) = '07601' and substr(iban, 1, 2) = 'IT';
create index ibans_of_institution on ibans (institution_id, environment, iban, id);
create index ibans_to_retire on ibans (retires_on) where retired_at is null and retires_on is not null;

create table iban_labels (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  label text not null check (label in ('cup', 'stand-in')),
  iban_id uuid not null references ibans (id),
  unique (institution_id, environment, label)
);
comment on table iban_labels is 'Each label stands on one account of an institution at most: the key says so, and moving it is one statement.';
create index iban_labels_of_iban on iban_labels (iban_id);

create table iban_rules (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  second_person boolean not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null references persons (id),
  unique (institution_id, environment)
);
comment on table iban_rules is 'What an institution asks of its own people: whether a change of its accounts needs a second person.';

create trigger ibans_versions after insert or update or delete on ibans for each row execute function keep_version();
create trigger iban_labels_versions after insert or update or delete on iban_labels for each row execute function keep_version();
create trigger iban_rules_versions after insert or update or delete on iban_rules for each row execute function keep_version();

alter table ibans enable row level security;
create policy ibans_own on ibans using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table iban_labels enable row level security;
create policy iban_labels_own on iban_labels using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table iban_rules enable row level security;
create policy iban_rules_own on iban_rules using (institution_id = app_institution() or (select app_purpose()) = 'system');

grant select, insert, update on ibans, iban_rules to ar_app;
grant select, insert, update, delete on iban_labels to ar_app;
