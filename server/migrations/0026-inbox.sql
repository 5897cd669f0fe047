-- What asks for a person's action and what happened, across institutions; and which of it travels by mail as well.

create table inbox_items (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  institution_id uuid references institutions (id),
  kind text not null,
  cause text not null,
  asks boolean not null,
  facts jsonb not null default '{}',
  at timestamptz not null,
  due_at timestamptz,
  read_at timestamptz,
  archived_at timestamptz,
  settled_at timestamptz,
  mail_state text not null check (mail_state in ('none', 'due', 'sent', 'failed')),
  mail_attempts int not null default 0,
  mail_next_at timestamptz,
  unique (cause, person_id, kind)
);
comment on table inbox_items is 'One line in the inbox of one person. The same cause gives the same person one line, however often it is told.';
comment on column inbox_items.cause is 'What it comes from: a fact of the outbox, or a thing that stays open (a finding).';
comment on column inbox_items.asks is 'Asks for an act of the person, until settled_at.';
comment on column inbox_items.facts is 'What the sentence is filled with. No personal data beyond names that the person may see.';
comment on column inbox_items.mail_state is 'Whether it also travels by mail: chosen when it was written, from the preferences of that moment.';
create index inbox_items_to_do on inbox_items (person_id, at desc, id desc) where archived_at is null and asks and settled_at is null;
create index inbox_items_news on inbox_items (person_id, at desc, id desc) where archived_at is null and not (asks and settled_at is null);
create index inbox_items_archive on inbox_items (person_id, at desc, id desc) where archived_at is not null;
create index inbox_items_unread on inbox_items (person_id) where read_at is null and archived_at is null;
create index inbox_items_mail on inbox_items (mail_next_at) where mail_state = 'due';

create table inbox_preferences (
  person_id uuid not null references persons (id),
  institution_id uuid references institutions (id),
  topic text not null,
  by_mail boolean not null,
  unique nulls not distinct (person_id, institution_id, topic)
);
comment on table inbox_preferences is 'What a person wants by mail: for every institution (institution_id empty), or otherwise for one.';

create table inbox_settings (
  person_id uuid primary key references persons (id),
  language text not null check (language in ('it', 'en', 'de', 'fr', 'sl'))
);
comment on table inbox_settings is 'In which language a person is written to. Italian for who never chose.';

alter table inbox_items enable row level security;
create policy inbox_items_own on inbox_items
  using (person_id = app_person() or (select app_purpose()) = 'system');
alter table inbox_preferences enable row level security;
create policy inbox_preferences_own on inbox_preferences
  using (person_id = app_person() or (select app_purpose()) = 'system');
alter table inbox_settings enable row level security;
create policy inbox_settings_own on inbox_settings
  using (person_id = app_person() or (select app_purpose()) = 'system');

grant select, insert, update, delete on inbox_items, inbox_preferences to ar_app;
grant select, insert, update on inbox_settings to ar_app;

-- My exceptions, with the names of the institutions I still work for. Definer, since names cross institutions;
-- it reads nothing but rows of the person in the transaction's own settings.
create function my_inbox_exceptions() returns table (institution_id uuid, name text, topic text, by_mail boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select i.id, i.name, p.topic, p.by_mail from inbox_preferences p join institutions i on i.id = p.institution_id
  where p.person_id = app_person() order by i.name, i.id, p.topic limit 500;
end $$;
grant execute on function my_inbox_exceptions() to ar_app;
