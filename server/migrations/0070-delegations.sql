-- Partners who act on another's behalf: the delegation between two institutions, what of it a partner's portfolio shows, which
-- of the partner's people serve whom, and the settings by which a transaction works under a mandate.

-- Under a mandate app.institution stays empty: whatever a table shows to its institution it does not show to a delegate, unless
-- a policy of its own says so. The mandate names product and environment: "pagopa/test".
create function app_delegator() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.delegator', true), '')::uuid $$;
create function app_mandate() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.mandate', true), '') $$;
comment on function app_delegator() is 'For whom a partner''s person acts. Tables that know nothing of it show nothing.';
comment on function app_mandate() is 'On which product and in which environment, as "product/environment".';

create table delegations (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  partner_id uuid not null references institutions (id),
  product_id text not null references products (id),
  environment text not null check (environment in ('test', 'production', 'both')),
  permissions text[] not null,
  resources text[] check (cardinality(resources) > 0),
  state text not null check (state in ('offered', 'asked', 'active', 'suspended', 'refused', 'withdrawn', 'revoked', 'expired')),
  begins_at timestamptz,
  ends_at timestamptz,
  answer_by timestamptz not null,
  proposed_by uuid not null references persons (id),
  proposed_at timestamptz not null,
  answered_by uuid references persons (id),
  answered_at timestamptz,
  moved_by uuid references persons (id),
  moved_at timestamptz not null,
  reason text not null default '',
  version int not null default 1,
  check (institution_id <> partner_id),
  check (ends_at > begins_at),
  check (state not in ('active', 'suspended') or begins_at is not null)
);
comment on table delegations is 'An institution lets a partner act for it on one product. A row with two sides: both read it, and each does what the state machine in the API gives to its side.';
comment on column delegations.begins_at is 'Empty until it is accepted: from that moment.';
comment on column delegations.resources is 'The things (stations, keys) to which it is limited; empty: all of them.';
comment on column delegations.answer_by is 'Until when it may be accepted.';
comment on column delegations.reason is 'Why it was changed, suspended, refused or revoked: the last one; the others stand in the trail.';
-- One open delegation for each environment: a second acceptance or offer meets the index, not a check that somebody else passes too.
create unique index delegations_once_test on delegations (institution_id, partner_id, product_id)
  where state in ('offered', 'asked', 'active', 'suspended') and environment in ('test', 'both');
create unique index delegations_once_production on delegations (institution_id, partner_id, product_id)
  where state in ('offered', 'asked', 'active', 'suspended') and environment in ('production', 'both');
create index delegations_of_institution on delegations (institution_id, proposed_at desc, id desc);
create index delegations_of_partner on delegations (partner_id, product_id, state);
create index delegations_ending on delegations (ends_at) where ends_at is not null and state in ('active', 'suspended');
create index delegations_unanswered on delegations (answer_by) where state in ('offered', 'asked');
create trigger delegations_versions after insert or update or delete on delegations for each row execute function keep_version();

create table delegation_assignments (
  id uuid primary key default gen_random_uuid(),
  partner_id uuid not null references institutions (id),
  product_id text not null references products (id),
  person_id uuid references persons (id),
  group_id uuid,
  delegation_id uuid references delegations (id),
  made_by uuid not null references persons (id),
  made_at timestamptz not null,
  check (person_id is null or group_id is null),
  foreign key (partner_id, product_id, group_id) references groups (institution_id, product_id, id)
);
comment on table delegation_assignments is 'Which people of a partner serve which institutions: a person, a group, or (both empty) whoever has a profile on the product; one delegation, or (empty) all of them.';
create unique index delegation_assignments_once on delegation_assignments (partner_id, product_id, delegation_id, person_id, group_id) nulls not distinct;
create index delegation_assignments_of_delegation on delegation_assignments (delegation_id) where delegation_id is not null;
create index delegation_assignments_of_person on delegation_assignments (person_id) where person_id is not null;

-- Names stand here because neither side may read the other's row.
create table delegation_portfolio (
  delegation_id uuid primary key references delegations (id),
  institution_id uuid not null,
  partner_id uuid not null,
  product_id text not null,
  environment text not null,
  state text not null,
  begins_at timestamptz,
  ends_at timestamptz,
  name text not null,
  tax_code text not null,
  ipa_code text,
  city text,
  partner_name text not null,
  partner_tax_code text not null,
  findings jsonb not null default '[]',
  due_at timestamptz
);
comment on table delegation_portfolio is 'One row per delegation, kept by triggers: what the partner''s table and the switcher show without reading the institution. Findings are those of the product delegated, their kind, gravity, environment and date alone.';
comment on column delegation_portfolio.due_at is 'The nearest date: the end of the delegation, or by when a finding must be mended.';
create index delegation_portfolio_by_name on delegation_portfolio (partner_id, name, delegation_id) where state in ('offered', 'asked', 'active', 'suspended');
create index delegation_portfolio_by_date on delegation_portfolio (partner_id, (coalesce(due_at, 'infinity'::timestamptz)), name, delegation_id) where state in ('offered', 'asked', 'active', 'suspended');
create index delegation_portfolio_of_institution on delegation_portfolio (institution_id, product_id);
create index delegation_portfolio_of_partner on delegation_portfolio (partner_id, product_id);

create table delegation_words (
  partner_id uuid not null,
  word text collate "C" not null,
  name text not null,
  delegation_id uuid not null references delegations (id),
  primary key (partner_id, word, name, delegation_id)
);
comment on table delegation_words is 'Every word of the name, the codes and the city of an institution in a portfolio: what is typed is a range of this index, however long the portfolio.';
create index delegation_words_of_delegation on delegation_words (delegation_id, word);

create function delegation_words_of(name text, tax_code text, ipa_code text, city text) returns setof text language sql immutable as $$
  select distinct left(w, 60) from regexp_split_to_table(
    regexp_replace(regexp_replace(normalize(lower(name || ' ' || tax_code || ' ' || coalesce(ipa_code, '') || ' ' || coalesce(city, '')), nfd), '[\u0300-\u036f]', '', 'g'), '[^a-z0-9]+', ' ', 'g'), ' ') w
  where w <> ''
$$;

-- The findings that a partner may see of an institution: those of the product, in the environment.
create function delegation_findings(p_institution uuid, p_product text, p_environment text) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'severity', f.severity, 'dueAt', f.due_at, 'environment', f.facts ->> 'environment')
      order by case f.severity when 'critical' then 0 when 'attention' then 1 else 2 end, f.due_at nulls last, f.raised_at), '[]')
  from findings f where f.institution_id = p_institution and f.product_id = p_product and f.audience = 'institution' and f.resolved_at is null
    and (p_environment = 'both' or coalesce(f.facts ->> 'environment', 'production') = p_environment)
$$;
create function delegation_due(findings jsonb, ends_at timestamptz) returns timestamptz language sql immutable as $$
  select least(ends_at, (select min((f ->> 'dueAt')::timestamptz) from jsonb_array_elements(findings) f))
$$;

create function keep_portfolio() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare told jsonb;
begin
  told := case when new.state in ('offered', 'asked', 'active', 'suspended') then delegation_findings(new.institution_id, new.product_id, new.environment) else '[]' end;
  insert into delegation_portfolio (delegation_id, institution_id, partner_id, product_id, environment, state, begins_at, ends_at,
      name, tax_code, ipa_code, city, partner_name, partner_tax_code, findings, due_at)
    select new.id, new.institution_id, new.partner_id, new.product_id, new.environment, new.state, new.begins_at, new.ends_at,
      i.name, i.tax_code, i.ipa_code, i.city, p.name, p.tax_code, told, delegation_due(told, new.ends_at)
    from institutions i, institutions p where i.id = new.institution_id and p.id = new.partner_id
  on conflict (delegation_id) do update set environment = new.environment, state = new.state, begins_at = new.begins_at, ends_at = new.ends_at,
    findings = excluded.findings, due_at = excluded.due_at;
  return null;
end $$;
create trigger delegations_portfolio after insert or update on delegations for each row execute function keep_portfolio();

create function keep_delegation_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  if tg_op = 'UPDATE' then delete from delegation_words where delegation_id = new.delegation_id; end if;
  insert into delegation_words (partner_id, word, name, delegation_id)
    select new.partner_id, w, new.name, new.delegation_id from delegation_words_of(new.name, new.tax_code, new.ipa_code, new.city) w;
  return null;
end $$;
create trigger delegation_portfolio_words_new after insert on delegation_portfolio for each row execute function keep_delegation_words();
create trigger delegation_portfolio_words_changed after update on delegation_portfolio for each row
  when ((old.name, old.tax_code, old.ipa_code, old.city) is distinct from (new.name, new.tax_code, new.ipa_code, new.city)) execute function keep_delegation_words();

create function keep_portfolio_names() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  update delegation_portfolio set name = new.name, tax_code = new.tax_code, ipa_code = new.ipa_code, city = new.city where institution_id = new.id;
  update delegation_portfolio set partner_name = new.name, partner_tax_code = new.tax_code where partner_id = new.id;
  return null;
end $$;
create trigger institutions_portfolio after update on institutions for each row
  when ((old.name, old.tax_code, old.ipa_code, old.city) is distinct from (new.name, new.tax_code, new.ipa_code, new.city)) execute function keep_portfolio_names();

create function keep_portfolio_findings() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare f findings := case when tg_op = 'DELETE' then old else new end;
begin
  if f.audience <> 'institution' or f.product_id is null or f.institution_id is null then return null; end if;
  update delegation_portfolio d set findings = t.told, due_at = delegation_due(t.told, d.ends_at)
  from (select x.delegation_id, delegation_findings(x.institution_id, x.product_id, x.environment) as told
          from delegation_portfolio x where x.institution_id = f.institution_id and x.product_id = f.product_id
            and x.state in ('offered', 'asked', 'active', 'suspended') order by x.delegation_id for update) t
  where d.delegation_id = t.delegation_id;
  return null;
end $$;
create trigger findings_portfolio after insert or update or delete on findings for each row execute function keep_portfolio_findings();

alter table delegations enable row level security;
create policy delegations_sides on delegations
  using (institution_id = app_institution() or partner_id = app_institution() or (select app_purpose()) = 'system');
alter table delegation_assignments enable row level security;
create policy delegation_assignments_own on delegation_assignments
  using (partner_id = app_institution() or (select app_purpose()) = 'system');
alter table delegation_portfolio enable row level security;
create policy delegation_portfolio_sides on delegation_portfolio for select
  using (institution_id = app_institution() or partner_id = app_institution() or (select app_purpose()) = 'system');
alter table delegation_words enable row level security;
create policy delegation_words_own on delegation_words for select
  using (partner_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on delegations to ar_app;
grant select, insert, delete on delegation_assignments to ar_app;
grant select on delegation_portfolio, delegation_words to ar_app;

-- What a delegate sees of who delegated: its name, its product, the findings and the configuration of that product in that
-- environment. Every other table stays shut.
create policy institutions_mandate on institutions for select using (id = app_delegator());
create policy institution_products_mandate on institution_products for select
  using (institution_id = app_delegator() and product_id = split_part((select app_mandate()), '/', 1));
create policy findings_mandate on findings for select
  using (institution_id = app_delegator() and audience = 'institution' and product_id = split_part((select app_mandate()), '/', 1)
    and coalesce(facts ->> 'environment', 'production') = split_part((select app_mandate()), '/', 2));
create policy ibans_mandate on ibans using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
create policy iban_labels_mandate on iban_labels using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
create policy iban_rules_mandate on iban_rules for select using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));

-- Who an institution is on a product, for who wants to delegate to it or to serve it: definers, since they cross institutions.
create function party_on_product(p_institution uuid, p_product text)
returns table (name text, tax_code text, kind text, state text) language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return query select i.name, i.tax_code, p.kind, p.state from institutions i join institution_products p on p.institution_id = i.id
    where i.id = p_institution and p.product_id = p_product;
end $$;
create function parties_on_product(p_product text, p_partners boolean, p_search text, after_name text, after_id uuid, most int)
returns table (id uuid, name text, tax_code text, city text) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query select i.id, i.name, i.tax_code, i.city from institutions i
    where exists (select 1 from institution_products p where p.institution_id = i.id and p.product_id = p_product and p.state = 'active' and (p.kind = 'PT') = p_partners)
      and (p_search is null or i.name ilike '%' || p_search || '%' or i.tax_code = p_search)
      and (after_name is null or (i.name, i.id) > (after_name, after_id))
    order by i.name, i.id limit most;
end $$;
-- Does what p_from delegated on a product come, from hand to hand, to p_to?
create function delegation_reaches(p_from uuid, p_to uuid, p_product text) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return exists (
    with recursive onward (id) as (
      select d.partner_id from delegations d where d.institution_id = p_from and d.product_id = p_product and d.state in ('offered', 'asked', 'active', 'suspended')
      union select d.partner_id from onward o join delegations d on d.institution_id = o.id and d.product_id = p_product and d.state in ('offered', 'asked', 'active', 'suspended')
    ) select 1 from onward where id = p_to);
end $$;
-- Has the partner said who serves this institution? The other side may know that, not who.
create function delegation_is_served(p_delegation uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
  return exists (select 1 from delegations d join delegation_assignments a on a.partner_id = d.partner_id and a.product_id = d.product_id
    and (a.delegation_id = d.id or a.delegation_id is null) where d.id = p_delegation);
end $$;
grant execute on function party_on_product(uuid, text), parties_on_product(text, boolean, text, text, uuid, int), delegation_reaches(uuid, uuid, text), delegation_is_served(uuid) to ar_app;

-- For whom the person may act: the delegations of partners where they have a profile on the product and an assignment. Walks an
-- index of each portfolio and stops at the page; it reads nothing but what the person in the settings serves.
create function serves(p_person uuid, p_partner uuid, p_product text, p_delegation uuid, at timestamptz) returns boolean language sql stable as $$
  select exists (select 1 from delegation_assignments a where a.partner_id = p_partner and a.product_id = p_product
    and (a.delegation_id = p_delegation or a.delegation_id is null)
    and (a.person_id = p_person or (a.person_id is null and a.group_id is null)
      or exists (select 1 from memberships m join groups g on g.id = m.group_id where m.group_id = a.group_id and m.person_id = p_person
           and m.state = 'active' and m.begins_at <= at and (m.ends_at is null or m.ends_at > at) and g.state = 'active')))
$$;
create function my_mandates(driver text, others text[], after_word text, after_name text, after_id uuid, most int, at timestamptz)
returns table (word text, id uuid, institution_id uuid, name text, tax_code text, city text, partner_id uuid, partner_name text, product_id text, environment text, state text,
  permissions text[], begins_at timestamptz, ends_at timestamptz, findings jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if driver is null then
    return query
    select ''::text, x.delegation_id, x.institution_id, x.name, x.tax_code, x.city, x.partner_id, x.partner_name, x.product_id, x.environment, x.state, d.permissions, x.begins_at, x.ends_at, x.findings
    from (select distinct m.institution_id, m.product_id from memberships m where m.person_id = app_person() and m.state = 'active' and m.product_id <> 'institution'
            and m.begins_at <= $7 and (m.ends_at is null or m.ends_at > $7)) mine,
      lateral (select p.* from delegation_portfolio p where p.partner_id = mine.institution_id and p.product_id = mine.product_id and p.state in ('offered', 'asked', 'active', 'suspended')
         and p.state in ('active', 'suspended') and ($4 is null or (p.name, p.delegation_id) > ($4, $5)) and serves(app_person(), p.partner_id, p.product_id, p.delegation_id, $7)
         order by p.name, p.delegation_id limit $6) x
      join delegations d on d.id = x.delegation_id
    order by x.name, x.delegation_id limit $6;
  else
    return query
    select x.word::text, x.delegation_id, x.institution_id, x.name, x.tax_code, x.city, x.partner_id, x.partner_name, x.product_id, x.environment, x.state, d.permissions, x.begins_at, x.ends_at, x.findings
    from (select distinct m.institution_id, m.product_id from memberships m where m.person_id = app_person() and m.state = 'active' and m.product_id <> 'institution'
            and m.begins_at <= $7 and (m.ends_at is null or m.ends_at > $7)) mine,
      lateral (select p.*, w.word from delegation_words w join delegation_portfolio p on p.delegation_id = w.delegation_id
         where w.partner_id = mine.institution_id and w.word >= driver and w.word < driver || '~' and p.product_id = mine.product_id and p.state in ('active', 'suspended')
           and ($3 is null or (w.word, w.name, w.delegation_id) > ($3, $4, $5))
           and not exists (select 1 from delegation_words b where b.delegation_id = w.delegation_id and b.word >= driver and b.word < w.word)
           and not exists (select 1 from unnest(others) o where not exists (select 1 from delegation_words b where b.delegation_id = w.delegation_id and b.word >= o and b.word < o || '~'))
           and serves(app_person(), p.partner_id, p.product_id, p.delegation_id, $7)
         order by w.word, w.name, w.delegation_id limit $6) x
      join delegations d on d.id = x.delegation_id
    order by x.word, x.name, x.delegation_id limit $6;
  end if;
end $$;
grant execute on function my_mandates(text, text[], text, text, uuid, int, timestamptz) to ar_app;

-- The trail knows through whom an act was done, so that an institution finds what was done in its name.
alter table audit_lines add column delegation_id uuid, add column partner_id uuid;
comment on column audit_lines.delegation_id is 'The delegation under which it was done, as the body says; empty: by own right.';
create index audit_lines_delegated on audit_lines (chain, sequence desc) where delegation_id is not null;

create or replace function record_facts(lines jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line jsonb;
  head audit_chains;
  next_digest bytea;
  event_key bigint;
  announced boolean := false;
begin
  for line in select value from jsonb_array_elements(lines) with ordinality order by value ->> 'chain', ordinality loop
    insert into audit_chains (chain) values (line ->> 'chain') on conflict do nothing;
    select * into head from audit_chains where chain = line ->> 'chain' for update;
    next_digest := sha256(head.digest || convert_to((head.sequence + 1)::text || e'\n' || (line ->> 'body'), 'UTF8'));
    insert into audit_lines (chain, sequence, at, institution_id, action, outcome, body, previous_digest, digest, delegation_id, partner_id)
    values (line ->> 'chain', head.sequence + 1, (line ->> 'at')::timestamptz, (line ->> 'institutionId')::uuid,
      line ->> 'action', line ->> 'outcome', line ->> 'body', head.digest, next_digest, (line ->> 'delegationId')::uuid, (line ->> 'partnerId')::uuid);
    update audit_chains set sequence = head.sequence + 1, digest = next_digest where chain = head.chain;
    insert into audit_personal (chain, sequence, field, salt, sealed)
      select head.chain, head.sequence + 1, p ->> 'field', decode(p ->> 'salt', 'base64'), decode(p ->> 'sealed', 'base64')
      from jsonb_array_elements(coalesce(line -> 'personal', '[]')) p;
    if line -> 'event' is not null and jsonb_typeof(line -> 'event') = 'object' then
      insert into events (type, institution_id, payload, trace_id, at)
      values (line -> 'event' ->> 'type', (line ->> 'institutionId')::uuid, line -> 'event' -> 'payload', line -> 'event' ->> 'traceId', (line ->> 'at')::timestamptz)
      returning id into event_key;
      insert into deliveries (event_id, subscriber)
        select event_key, s from jsonb_array_elements_text(line -> 'event' -> 'subscribers') s;
      announced := announced or jsonb_array_length(line -> 'event' -> 'subscribers') > 0;
    end if;
  end loop;
  if announced then perform pg_notify('ar_deliveries', ''); end if;
end $$;
