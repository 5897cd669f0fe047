-- The parts of public bodies (IndicePA "AOO" and "UO") and the lists of IVASS and ANAC: read from files, never written by people.

create table registry_units (
  code text not null,
  kind text not null check (kind in ('AOO', 'UO')),
  ipa_code text not null,
  name text not null,
  parent_code text,
  pec text,
  address text not null,
  zip_code text not null,
  invoicing boolean not null,
  invoicing_tax_code text,
  state text not null default 'active' check (state in ('active', 'ended')),
  read_at timestamptz not null,
  ended_at timestamptz,
  name_key text collate "C" not null,
  primary key (kind, code)
);
comment on table registry_units is 'Homogeneous areas (AOO) and units (UO) of the bodies in IndicePA. The body may be absent: the files come one by one.';
comment on column registry_units.parent_code is 'The AOO of a UO.';
comment on column registry_units.invoicing is 'The unit receives invoices: its code is the recipient code of FatturaPA.';
create index registry_units_of_body on registry_units (ipa_code, kind, name_key, code);

create table registry_entries (
  registry text not null check (registry in ('IVASS', 'ANAC')),
  code text not null,
  name text not null,
  tax_code text,
  pec text,
  address text not null,
  zip_code text not null,
  city text,
  country text,
  detail text,
  state text not null default 'active' check (state in ('active', 'ended')),
  read_at timestamptz not null,
  ended_at timestamptz,
  name_key text collate "C" not null,
  words tsvector not null,
  primary key (registry, code)
);
comment on column registry_entries.detail is 'IVASS: the register it stands in ("Elenco II" is of foreign insurers) and its trade. ANAC: nothing.';
create index registry_entries_name on registry_entries (registry, name_key, code);
create index registry_entries_words on registry_entries using gin (words);
create index registry_entries_tax_code on registry_entries (registry, tax_code);

grant select, insert, update on registry_units, registry_entries to ar_app;
