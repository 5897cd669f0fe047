-- Chains: a partner of an aggregator serves its aggregates only where the aggregator's delegation says so. There is no other
-- delegation of a delegation.

alter table delegations add column aggregates boolean not null default false;
comment on column delegations.aggregates is 'It holds also for the institutions that the delegator aggregated on the product, as long as they are.';
create index institution_products_of_aggregator on institution_products (aggregator_id, product_id, institution_id)
  where aggregator_id is not null;

-- Does what p_from may do on a product come, from hand to hand, to p_to? An aggregate is served also by who serves its aggregator
-- with it. With p_aggregates, also: to one of those that p_to aggregated, who would then be served by itself.
create function delegation_returns(p_from uuid, p_to uuid, p_product text, p_aggregates boolean) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return exists (
    with recursive onward (id) as (
      select p_from
      union
      select d.partner_id from onward o
        left join institution_products x on x.institution_id = o.id and x.product_id = p_product and x.state = 'active'
        join delegations d on d.product_id = p_product and d.state in ('offered', 'asked', 'active', 'suspended')
          and (d.institution_id = o.id or (d.aggregates and d.institution_id = x.aggregator_id))
    ) select 1 from onward o where (o.id = p_to and o.id <> p_from)
        or (p_aggregates and exists (select 1 from institution_products a where a.institution_id = o.id and a.product_id = p_product
              and a.aggregator_id = p_to and a.state = 'active')));
end $$;
grant execute on function delegation_returns(uuid, uuid, text, boolean) to ar_app;

-- The partners' names behind lines of the trail: each side knows them, and so does an aggregate of who delegated.
create function delegation_partner_names(p_delegations uuid[]) returns table (delegation_id uuid, partner_name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query select v.delegation_id, v.partner_name from delegation_portfolio v
    where v.delegation_id = any (p_delegations)
      and (app_purpose() = 'system' or app_institution() in (v.institution_id, v.partner_id)
        or exists (select 1 from institution_products x where x.institution_id = app_institution() and x.product_id = v.product_id
             and x.aggregator_id = v.institution_id));
end $$;
grant execute on function delegation_partner_names(uuid[]) to ar_app;
