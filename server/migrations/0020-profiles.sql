-- Profiles that an institution makes for itself, groups, and what a membership can hold besides a built-in profile.

create table profiles (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  name text not null check (length(name) between 1 and 60),
  description text not null default '',
  permissions text[] not null check (cardinality(permissions) > 0),
  made_by uuid not null references persons (id),
  state text not null default 'active' check (state in ('active', 'ended')),
  version int not null default 1,
  made_at timestamptz not null,
  unique (institution_id, product_id, id)
);
comment on table profiles is 'A named subset of the permissions of one product. It gives a permission only while who answers for it holds it through a built-in profile.';
comment on column profiles.made_by is 'Who answers for it: who made it, changed it last, or took it over.';
create unique index profiles_name on profiles (institution_id, product_id, lower(name)) where state <> 'ended';

create table groups (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  name text not null check (length(name) between 1 and 50),
  description text not null default '',
  profile text not null check (profile <> 'administrator'),
  profile_id uuid,
  resources text[],
  state text not null default 'active' check (state in ('active', 'suspended', 'ended')),
  version int not null default 1,
  made_at timestamptz not null,
  unique (institution_id, product_id, id),
  foreign key (institution_id, product_id, profile_id) references profiles (institution_id, product_id, id),
  check ((profile = 'custom') = (profile_id is not null))
);
comment on table groups is 'People of one product who hold the same profile. Each member has a membership that names the group. An administrator is a person with a name, never a group.';
comment on column groups.resources is 'Ids of the stations, keys and the like to which the profile is limited; empty: all of them.';
create unique index groups_name on groups (institution_id, product_id, lower(name)) where state <> 'ended';

alter table memberships
  add column profile_id uuid,
  add column group_id uuid,
  add column permissions text[],
  add column given_by uuid references persons (id),
  add column ended_at timestamptz,
  add foreign key (institution_id, product_id, profile_id) references profiles (institution_id, product_id, id),
  add foreign key (institution_id, product_id, group_id) references groups (institution_id, product_id, id),
  add check ((profile = 'custom') = (profile_id is not null)),
  add check ((profile = 'granted') = (permissions is not null));
comment on column memberships.profile is 'The name of a built-in profile; "custom": see profile_id; "granted": see permissions.';
comment on column memberships.group_id is 'The group that gives it; empty: given to the person alone.';
comment on column memberships.permissions is 'Single permissions, given in answer to a request.';
drop index memberships_once;
create unique index memberships_once on memberships (institution_id, person_id, product_id, profile, profile_id, group_id, permissions) nulls not distinct where state <> 'ended';
create index memberships_of_profile on memberships (profile_id) where profile_id is not null and state <> 'ended';
create index memberships_of_group on memberships (group_id) where group_id is not null and state <> 'ended';
create index memberships_ending on memberships (ends_at) where ends_at is not null and state <> 'ended';

create trigger profiles_versions after insert or update or delete on profiles for each row execute function keep_version();
create trigger groups_versions after insert or update or delete on groups for each row execute function keep_version();

alter table profiles enable row level security;
create policy profiles_own on profiles
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table groups enable row level security;
create policy groups_own on groups
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on profiles, groups to ar_app;

-- What may be read of my memberships also tells what they give: the name and permissions of a custom profile, and the
-- built-in profiles of who answers for it, which cut it.
drop function my_institutions(text, text, uuid, int);
create function my_institutions(search text, after_name text, after_id uuid, most int, at timestamptz)
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
  from institutions i
  where i.id in (select m.institution_id from memberships m where m.person_id = app_person() and m.state <> 'ended' and (m.ends_at is null or m.ends_at > $5))
    and ($1 is null or i.name ilike '%' || $1 || '%' or i.tax_code = $1)
    and ($2 is null or (i.name, i.id) > ($2, $3))
  order by i.name, i.id
  limit $4;
end $$;
grant execute on function my_institutions(text, text, uuid, int, timestamptz) to ar_app;
