-- One institution of mine, by its id: a page of an institution asks for that one, not for the first hundred. And the page is
-- cut before anything is said of its lines: who works for three hundred institutions waits for twenty.
drop function my_institutions(text, text, uuid, int, timestamptz);
create function my_institutions(search text, after_name text, after_id uuid, most int, at timestamptz, one uuid)
returns table (id uuid, name text, tax_code text, ipa_code text, city text, memberships jsonb, findings int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select i.id, i.name, i.tax_code, i.ipa_code, i.city,
    (select jsonb_agg(jsonb_build_object('productId', m.product_id, 'profile', m.profile, 'profileName', c.name,
         'state', case when m.state = 'active' and g.state = 'suspended' then 'suspended' else m.state end,
         'beginsAt', m.begins_at, 'endsAt', m.ends_at, 'permissions', coalesce(m.permissions, c.permissions),
         'makerProfiles', (select jsonb_agg(distinct k.profile) from memberships k where k.institution_id = c.institution_id and k.person_id = c.made_by
            and k.product_id = c.product_id and k.group_id is null and k.state = 'active' and k.begins_at <= $5 and (k.ends_at is null or k.ends_at > $5)))
         order by m.product_id, m.profile, m.id)
       from memberships m left join profiles c on c.id = m.profile_id left join groups g on g.id = m.group_id
       where m.person_id = app_person() and m.institution_id = i.id and m.state <> 'ended' and (m.ends_at is null or m.ends_at > $5)),
    (select count(*)::int from (select 1 from findings f where f.institution_id = i.id and f.audience = 'institution' and f.resolved_at is null limit 99) x)
  from (
    select n.id, n.name, n.tax_code, n.ipa_code, n.city
    from institutions n
    where n.id in (select m.institution_id from memberships m where m.person_id = app_person() and m.state <> 'ended'
        and (m.ends_at is null or m.ends_at > $5) and ($6 is null or m.institution_id = $6))
      and ($1 is null or n.name ilike '%' || $1 || '%' or n.tax_code = $1)
      and ($2 is null or (n.name, n.id) > ($2, $3))
    order by n.name, n.id
    limit $4
    offset 0
  ) i
  order by i.name, i.id;
end $$;
grant execute on function my_institutions(text, text, uuid, int, timestamptz, uuid) to ar_app;
