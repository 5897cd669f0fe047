-- A delegation as a statement that anybody can check: its place in the list of states, which never changes.
alter table delegations add column status_index int generated always as identity;
comment on column delegations.status_index is 'Its two bits in the status list. Numbers that were skipped read as not valid.';
create unique index delegations_status on delegations (status_index);
-- What the list is made of: those that hold, or are suspended. Definer, since it crosses institutions and tells nothing of them.
create function delegation_statuses(at timestamptz) returns table (status_index int, suspended boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select d.status_index, d.state = 'suspended' from delegations d
    join institution_products p on p.institution_id = d.partner_id and p.product_id = d.product_id and p.kind = 'PT' and p.state = 'active'
    where d.state in ('active', 'suspended') and d.begins_at <= at and (d.ends_at is null or d.ends_at > at);
end $$;
create function delegation_last_status() returns int language sql stable security definer set search_path = public, pg_temp
  as $$ select coalesce(max(status_index), 0) from delegations $$;
grant execute on function delegation_statuses(timestamptz), delegation_last_status() to ar_app;
