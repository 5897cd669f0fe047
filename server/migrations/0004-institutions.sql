-- Institutions, products, and what an institution is on a product.

create table institutions (
  id uuid primary key default gen_random_uuid(),
  tax_code text not null,
  subunit_kind text check (subunit_kind in ('AOO', 'UO')),
  subunit_code text,
  parent_id uuid references institutions (id),
  name text not null,
  ipa_code text,
  category text,
  pec text not null,
  address text not null,
  zip_code text not null,
  city text,
  registry text check (registry in ('IPA')),
  registry_read_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique nulls not distinct (tax_code, subunit_kind, subunit_code),
  check ((subunit_kind is null) = (subunit_code is null))
);
comment on table institutions is 'Unique by tax code and sub-unit. Kind, origin and billing belong to the institution on a product, not here.';
create index institutions_ipa on institutions (ipa_code);

create table products (
  id text primary key,
  position int not null
);
create table product_versions (
  product_id text not null references products (id),
  version int not null,
  configuration jsonb not null,
  published_at timestamptz not null,
  primary key (product_id, version)
);
comment on table product_versions is 'Immutable once published; an onboarding keeps its version to the end.';
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'a published row does not change'; end $$;
create trigger product_versions_immutable before update or delete on product_versions for each row execute function refuse_change();

create table institution_products (
  institution_id uuid not null references institutions (id),
  product_id text not null references products (id),
  product_version int not null,
  kind text not null,
  origin text not null,
  state text not null check (state in ('active', 'suspended', 'ended')),
  active_since timestamptz not null,
  ended_at timestamptz,
  onboarding_id uuid not null,
  vat_number text,
  recipient_code text,
  invoiced_tax_code text,
  geographic_areas jsonb not null,
  version int not null default 1,
  primary key (institution_id, product_id),
  foreign key (product_id, product_version) references product_versions (product_id, version)
);

create trigger institutions_versions after insert or update or delete on institutions for each row execute function keep_version();
create trigger institution_products_versions after insert or update or delete on institution_products for each row execute function keep_version();

alter table institutions enable row level security;
create policy institutions_own on institutions
  using (id = app_institution() or (select app_purpose()) = 'system');
alter table institution_products enable row level security;
create policy institution_products_own on institution_products
  using (institution_id = app_institution() or (select app_purpose()) = 'system');

grant select, insert, update on institutions, institution_products to ar_app;
grant select, insert on products, product_versions to ar_app;

-- Does an institution with this code exist? Uniqueness crosses institutions, so it is asked of a definer, never by a select under row-level security.
create function institution_id_of(p_tax_code text, p_subunit_kind text, p_subunit_code text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select id from institutions where tax_code = p_tax_code and subunit_kind is not distinct from p_subunit_kind and subunit_code is not distinct from p_subunit_code
$$;
grant execute on function institution_id_of(text, text, text) to ar_app;

-- What is publicly known of a body's products: active, or waiting for a signature.
create function products_of_body(p_ipa_code text) returns table (product_id text, state text, since timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query
  select p.product_id, 'active'::text, p.active_since from institution_products p join institutions i on i.id = p.institution_id where i.ipa_code = p_ipa_code and p.state = 'active'
  union all
  select o.product_id, 'awaiting-signature'::text, min(o.submitted_at) from onboardings o join institutions i on i.id = o.institution_id
   where i.ipa_code = p_ipa_code and o.state in ('submitted', 'awaiting-signature') group by o.product_id;
end $$;
grant execute on function products_of_body(text) to ar_app;
