-- What is wrong or soon will be: one table that screens, mails and calendars read.

create table findings (
  id uuid primary key default gen_random_uuid(),
  audience text not null check (audience in ('institution', 'staff')),
  institution_id uuid references institutions (id),
  kind text not null,
  severity text not null check (severity in ('critical', 'attention', 'progress')),
  product_id text,
  subject text not null default '',
  facts jsonb not null default '{}',
  raised_at timestamptz not null,
  due_at timestamptz,
  resolved_at timestamptz
);
comment on column findings.subject is 'What it is about, so that the same thing is not raised twice.';
create unique index findings_open on findings (audience, institution_id, kind, subject) nulls not distinct where resolved_at is null;
create index findings_of_institution on findings (institution_id) where resolved_at is null;

alter table findings enable row level security;
create policy findings_own on findings
  using ((institution_id = app_institution() and audience = 'institution') or (select app_purpose()) = 'system');
-- The institutions of a person, by name, after a key: one indexed walk. Definer, since it crosses institutions;
-- it reads nothing but rows of the person in the transaction's own settings.
create function my_institutions(search text, after_name text, after_id uuid, most int)
returns table (id uuid, name text, tax_code text, ipa_code text, city text, memberships jsonb, findings int)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.name, i.tax_code, i.ipa_code, i.city,
    (select jsonb_agg(jsonb_build_object('productId', m.product_id, 'profile', m.profile, 'state', m.state) order by m.product_id, m.profile)
       from memberships m where m.person_id = app_person() and m.institution_id = i.id and m.state <> 'ended' and (m.ends_at is null or m.ends_at > now())),
    (select count(*)::int from (select 1 from findings f where f.institution_id = i.id and f.audience = 'institution' and f.resolved_at is null limit 99) x)
  from institutions i
  where i.id in (select m.institution_id from memberships m where m.person_id = app_person() and m.state <> 'ended' and (m.ends_at is null or m.ends_at > now()))
    and (search is null or i.name ilike '%' || search || '%' or i.tax_code = search)
    and (after_name is null or (i.name, i.id) > (after_name, after_id))
  order by i.name, i.id
  limit most
$$;

grant select, insert, update on findings to ar_app;
grant execute on function my_institutions(text, text, uuid, int) to ar_app;
