-- What people type is found by a range of an index, whose work does not grow with the registry; definers keep their plans.

create table registry_starts (
  start text collate "C" not null,
  ipa_code text not null references registry_bodies (ipa_code),
  primary key (start, ipa_code)
);
comment on table registry_starts is 'The name of each body from its second word on, its third, and so on, and the words of its city: what one types may be the start of any. From the first word the name itself serves.';
create index registry_starts_of_body on registry_starts (ipa_code);

create function registry_starts_of(name_key text, words tsvector) returns setof text language sql immutable as $$
  select distinct left(s.start, 100) from string_to_array(name_key, ' ') w,
    lateral (select array_to_string(w[i:], ' ') as start from generate_series(2, array_length(w, 1)) i
             union all select lexeme from unnest(tsvector_to_array(words)) lexeme where lexeme <> all (w)) s
$$;
create function keep_registry_starts() returns trigger language plpgsql as $$ begin
  if tg_op = 'UPDATE' then delete from registry_starts where ipa_code = new.ipa_code; end if;
  insert into registry_starts (start, ipa_code) select s, new.ipa_code from registry_starts_of(new.name_key, new.words) s;
  return null;
end $$;
create trigger registry_starts_new after insert on registry_bodies for each row execute function keep_registry_starts();
create trigger registry_starts_changed after update on registry_bodies for each row
  when (old.name_key is distinct from new.name_key or old.words is distinct from new.words) execute function keep_registry_starts();
insert into registry_starts (start, ipa_code) select s, b.ipa_code from registry_bodies b, registry_starts_of(b.name_key, b.words) s;
grant select, insert, delete on registry_starts to ar_app;

-- A definer in plain SQL is planned at every call; in plpgsql once per connection.
create or replace function my_institutions(search text, after_name text, after_id uuid, most int)
returns table (id uuid, name text, tax_code text, ipa_code text, city text, memberships jsonb, findings int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select i.id, i.name, i.tax_code, i.ipa_code, i.city,
    (select jsonb_agg(jsonb_build_object('productId', m.product_id, 'profile', m.profile, 'state', m.state) order by m.product_id, m.profile)
       from memberships m where m.person_id = app_person() and m.institution_id = i.id and m.state <> 'ended' and (m.ends_at is null or m.ends_at > now())),
    (select count(*)::int from (select 1 from findings f where f.institution_id = i.id and f.audience = 'institution' and f.resolved_at is null limit 99) x)
  from institutions i
  where i.id in (select m.institution_id from memberships m where m.person_id = app_person() and m.state <> 'ended' and (m.ends_at is null or m.ends_at > now()))
    and ($1 is null or i.name ilike '%' || $1 || '%' or i.tax_code = $1)
    and ($2 is null or (i.name, i.id) > ($2, $3))
  order by i.name, i.id
  limit $4;
end $$;

create or replace function institution_id_of(p_tax_code text, p_subunit_kind text, p_subunit_code text) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return (select id from institutions where tax_code = p_tax_code and subunit_kind is not distinct from p_subunit_kind and subunit_code is not distinct from p_subunit_code);
end $$;
