-- The registry of public bodies (IndicePA, open data "Enti"): read, never written by people.

create table registry_bodies (
  ipa_code text primary key,
  name text not null,
  tax_code text not null,
  category text not null,
  pec text,
  address text not null,
  zip_code text not null,
  city text,
  state text not null default 'active' check (state in ('active', 'ended')),
  read_at timestamptz not null,
  ended_at timestamptz,
  name_key text collate "C" not null,
  words tsvector not null
);
comment on column registry_bodies.name_key is 'The name in lower case without accents or punctuation: what one types is compared with its start.';
comment on column registry_bodies.words is 'The words of the name, city and codes, for a search by the start of each word.';
create index registry_bodies_name on registry_bodies (name_key text_pattern_ops);
create index registry_bodies_words on registry_bodies using gin (words);
create index registry_bodies_tax_code on registry_bodies (tax_code);

create table registry_imports (
  id uuid primary key default gen_random_uuid(),
  registry text not null,
  at timestamptz not null,
  file_digest bytea not null,
  rows int not null,
  added int not null,
  changed int not null,
  ended int not null
);

grant select, insert, update on registry_bodies to ar_app;
grant select, insert on registry_imports to ar_app;
