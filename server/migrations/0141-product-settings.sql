-- What an institution sets on a product that declares its settings: every version, one row each.

create table product_settings (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null references products (id),
  environment text not null check (environment in ('test', 'production')),
  number int not null,
  state text not null check (state in ('draft', 'waiting', 'live', 'superseded', 'refused', 'withdrawn')),
  written bytea not null,
  product_version int not null,
  version int not null default 1,
  saved_at timestamptz not null,
  saved_by uuid not null references persons (id),
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by uuid references staff_members (id),
  note text,
  unique (institution_id, product_id, environment, number)
);
comment on table product_settings is 'A version of the settings of an institution on a product. A draft is written over until it is activated; what was in force stays.';
comment on column product_settings.written is 'The values, step by step, encrypted: they may hold addresses of people.';
comment on column product_settings.product_version is 'The version of the product whose schema they were checked against.';
comment on column product_settings.version is 'Of a draft, for If-Match: who saves over somebody else''s hand is told.';
-- One of each at a time: two people who activate at once meet here.
create unique index product_settings_one on product_settings (institution_id, product_id, environment, state) where state in ('draft', 'waiting', 'live');
create index product_settings_waiting on product_settings (submitted_at, id) where state = 'waiting';

alter table product_settings enable row level security;
create policy product_settings_own on product_settings using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy product_settings_staff on product_settings for select using ((select app_purpose()) = 'settings');
create policy institutions_settings on institutions for select using ((select app_purpose()) = 'settings');
create policy product_settings_mandate on product_settings
  using (institution_id = app_delegator() and product_id || '/' || environment = (select app_mandate()));
grant select, insert, update on product_settings to ar_app;
