-- Who works, or worked, for an institution, in order of name: the list of people is walked by it, page by page, and does not
-- grow with the institution. A line stays when the person leaves: whether they work there is asked of their memberships.
create table roster (
  institution_id uuid not null references institutions (id),
  person_id uuid not null references persons (id),
  name text not null,
  searched text not null,
  primary key (institution_id, person_id)
);
comment on table roster is 'Kept by triggers: a line with the first membership, the name with the person.';
comment on column roster.name is 'Surname, then given name: the order of the list.';
comment on column roster.searched is 'Lower case: surname, given name, surname, so that either order is found.';
create index roster_by_name on roster (institution_id, name, person_id) include (searched);
create index roster_of_person on roster (person_id);

-- The person is locked against a new name meanwhile: else a name that changes in the same moment would be missed.
create function keep_roster() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into roster (institution_id, person_id, name, searched)
  select new.institution_id, p.id, p.family_name || ' ' || p.given_name, lower(p.family_name || ' ' || p.given_name || ' ' || p.family_name)
  from (select id, family_name, given_name from persons where id = new.person_id for share) p
  on conflict do nothing;
  return null;
end $$;
create trigger memberships_roster after insert on memberships for each row execute function keep_roster();

create function rename_in_roster() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update roster set name = new.family_name || ' ' || new.given_name,
    searched = lower(new.family_name || ' ' || new.given_name || ' ' || new.family_name)
  where person_id = new.id;
  return null;
end $$;
create trigger persons_roster after update on persons for each row
  when (old.given_name is distinct from new.given_name or old.family_name is distinct from new.family_name)
  execute function rename_in_roster();

insert into roster (institution_id, person_id, name, searched)
select distinct m.institution_id, p.id, p.family_name || ' ' || p.given_name, lower(p.family_name || ' ' || p.given_name || ' ' || p.family_name)
from memberships m join persons p on p.id = m.person_id;

alter table roster enable row level security;
create policy roster_own on roster
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select on roster to ar_app;
