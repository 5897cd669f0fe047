-- The catalogue is edited in the portal: a changed configuration is tried, proposed, and published by somebody else.

create table product_proposals (
  id uuid primary key default gen_random_uuid(),
  product_id text not null references products (id),
  base_version int not null,
  configuration jsonb not null,
  reason text not null,
  state text not null default 'open' check (state in ('open', 'published', 'declined', 'withdrawn')),
  proposed_by uuid not null references staff_members (id),
  proposed_at timestamptz not null,
  answered_by uuid references staff_members (id),
  answered_at timestamptz,
  note text,
  check ((state = 'open') = (answered_at is null)),
  check (state not in ('published', 'declined') or answered_by <> proposed_by)
);
comment on table product_proposals is 'What a product would become. Nobody publishes their own: the table says so too.';
comment on column product_proposals.base_version is 'The version it was written on: published only while that is the latest.';
create unique index product_proposals_open on product_proposals (product_id) where state = 'open';
create index product_proposals_of on product_proposals (product_id, proposed_at desc, id desc);
grant select, insert, update on product_proposals to ar_app;

-- Whom a change would touch: numbers by kind and origin, for who edits the catalogue. Definer, since it counts rows of institutions.
create function product_touched(p_product text) returns table (kind text, origin text, active int, open int)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.kind, k.origin, sum(k.active)::int, sum(k.open)::int from (
    select p.kind, p.origin, 1 as active, 0 as open from institution_products p where p.product_id = p_product and p.state <> 'ended'
    union all
    select o.kind, o.origin, 0, 1 from onboardings o where o.product_id = p_product
       and o.state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature')) k
   where app_purpose() = 'catalogue'
   group by k.kind, k.origin
$$;
revoke execute on function product_touched(text) from public;
grant execute on function product_touched(text) to ar_app;
