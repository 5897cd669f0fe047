-- Who has access to what, asked again from time to time: one line for each membership, one answer for each line.

create table access_review_rules (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null unique references institutions (id),
  every_months int check (every_months in (3, 6, 12)),
  days_to_answer int not null default 30 check (days_to_answer between 7 and 90),
  ends_unanswered boolean not null default false,
  next_at timestamptz,
  version int not null default 1
);
comment on column access_review_rules.every_months is 'Empty: never by itself. A row is made for each institution that joined, with the default of six months.';
comment on column access_review_rules.ends_unanswered is 'The institution chose that what nobody confirms ends; never the last administrator.';
create index access_review_rules_due on access_review_rules (next_at) where every_months is not null;

create table access_reviews (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  state text not null default 'open' check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  opened_by uuid references persons (id),
  due_at timestamptz not null,
  ends_unanswered boolean not null,
  warned int not null default 0,
  closed_at timestamptz,
  version int not null default 1,
  unique (institution_id, id),
  check ((state = 'closed') = (closed_at is not null))
);
comment on column access_reviews.opened_by is 'Empty: the calendar did.';
comment on column access_reviews.warned is 'How many warnings left: one a week before the end, one a day before.';
create unique index access_reviews_open on access_reviews (institution_id) where state = 'open';
create index access_reviews_of on access_reviews (institution_id, opened_at desc, id desc);
create index access_reviews_due on access_reviews (due_at) where state = 'open';

create table access_review_lines (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references access_reviews (id),
  institution_id uuid not null references institutions (id),
  membership_id uuid not null references memberships (id),
  person_id uuid not null references persons (id),
  answer text check (answer in ('keep', 'remove', 'change')),
  answered_at timestamptz,
  answered_by uuid references persons (id),
  outcome text check (outcome in ('kept', 'removed', 'changed', 'gone', 'unanswered', 'ended-unanswered', 'last-administrator')),
  unique (review_id, membership_id),
  check ((answer is null) = (answered_at is null)),
  check (answer is null or answered_by is not null)
);
create index access_review_lines_of on access_review_lines (institution_id, review_id, id);
create index access_review_lines_pending on access_review_lines (review_id) where outcome is null;

create trigger access_review_rules_versions after insert or update or delete on access_review_rules for each row execute function keep_version();
create trigger access_reviews_versions after insert or update or delete on access_reviews for each row execute function keep_version();

alter table access_review_rules enable row level security;
create policy access_review_rules_own on access_review_rules
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table access_reviews enable row level security;
create policy access_reviews_own on access_reviews
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
alter table access_review_lines enable row level security;
create policy access_review_lines_own on access_review_lines
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
grant select, insert, update on access_review_rules, access_reviews, access_review_lines to ar_app;
