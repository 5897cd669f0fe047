-- From one partner to another without a gap: both hold their rights until the day chosen, then the first stops; for a while the
-- institution may go back.
create table delegation_moves (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null references products (id),
  from_delegation_id uuid not null references delegations (id),
  to_delegation_id uuid not null references delegations (id),
  from_partner_id uuid not null references institutions (id),
  to_partner_id uuid not null references institutions (id),
  cut_over_at timestamptz not null,
  state text not null default 'planned' check (state in ('planned', 'cut-over', 'completed', 'returned')),
  moved_at timestamptz,
  reason text not null default '',
  planned_by uuid not null references persons (id),
  planned_at timestamptz not null,
  check (from_partner_id <> to_partner_id)
);
comment on table delegation_moves is 'A plan that the institution and both partners see. planned: both act; cut-over: the first is suspended and may come back; completed: its rights are over; returned: as before.';
create unique index delegation_moves_open on delegation_moves (from_delegation_id) where state in ('planned', 'cut-over');
create unique index delegation_moves_to on delegation_moves (to_delegation_id);
create index delegation_moves_of_institution on delegation_moves (institution_id, planned_at desc, id desc);
create index delegation_moves_from on delegation_moves (from_partner_id, planned_at desc);
create index delegation_moves_to_partner on delegation_moves (to_partner_id, planned_at desc);
create index delegation_moves_due on delegation_moves (cut_over_at) where state in ('planned', 'cut-over');
create trigger delegation_moves_versions after insert or update or delete on delegation_moves for each row execute function keep_version();
alter table delegation_moves enable row level security;
create policy delegation_moves_sides on delegation_moves
  using (institution_id = app_institution() or from_partner_id = app_institution() or to_partner_id = app_institution() or (select app_purpose()) = 'system')
  with check (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on delegation_moves to ar_app;

-- What each of the three may know of a plan: the names, and how both delegations stand.
create function delegation_move_sides(p_move uuid) returns table (name text, from_partner text, to_partner text, from_state text, to_state text)
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query select f.name, f.partner_name, t.partner_name, f.state, t.state from delegation_moves m
    join delegation_portfolio f on f.delegation_id = m.from_delegation_id join delegation_portfolio t on t.delegation_id = m.to_delegation_id
    where m.id = p_move and (app_purpose() = 'system' or app_institution() in (m.institution_id, m.from_partner_id, m.to_partner_id));
end $$;
grant execute on function delegation_move_sides(uuid) to ar_app;
