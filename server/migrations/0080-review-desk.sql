-- The review desk: a queue with a clock, who works on a request, what was decided and why, what was said, what changed.

alter table onboardings
  add column review_round int not null default 1,
  add column review_queued_at timestamptz,
  add column review_due_at timestamptz,
  add column review_seconds_left int,
  add column review_fields jsonb not null default '[]',
  add column reviewer_id uuid references staff_members (id),
  add column reviewer_since timestamptz,
  add column unanswered_since timestamptz,
  add column search_key text generated always as (lower(institution_data ->> 'name')) stored;
comment on column onboardings.review_round is 'How often it was sent: 1 at first, one more each time it comes back corrected.';
comment on column onboardings.review_queued_at is 'Since when it waits for a decision, this time.';
comment on column onboardings.review_due_at is 'By when the portal promised to decide: the order of the queue. The clock stands still while the applicant corrects.';
comment on column onboardings.review_seconds_left is 'What was left on the clock when changes were asked for.';
comment on column onboardings.review_fields is 'Notes on single fields, by path, beside the general note.';
comment on column onboardings.reviewer_id is 'Who of the staff works on it; a colleague may take it over.';
comment on column onboardings.unanswered_since is 'The applicant wrote, and nobody of the staff answered yet.';
update onboardings set review_queued_at = submitted_at, review_due_at = submitted_at + interval '5 days'
  where workflow in ('review', 'review-with-checklist', 'approval');

drop index onboardings_to_review;
create index onboardings_queue on onboardings (product_id, review_due_at, id) where state = 'to-be-reviewed';
create index onboardings_queue_of_kind on onboardings (product_id, kind, review_due_at, id) where state = 'to-be-reviewed';
create index onboardings_with_applicant on onboardings (product_id, reviewed_at desc, id desc) where state = 'changes-requested';
create index onboardings_decided on onboardings (product_id, reviewed_at desc, id desc)
  where reviewed_at is not null and state not in ('to-be-reviewed', 'changes-requested');
create index onboardings_of_reviewer on onboardings (reviewer_id, review_due_at) where state = 'to-be-reviewed';

create table onboarding_rounds (
  onboarding_id uuid not null references onboardings (id),
  institution_id uuid not null references institutions (id),
  round int not null,
  submitted_by uuid not null references persons (id),
  submitted_at timestamptz not null,
  fields bytea not null,
  primary key (onboarding_id, round)
);
comment on table onboarding_rounds is 'What was sent before it came back corrected: the reviewer sees field by field what changed.';
comment on column onboarding_rounds.fields is 'Path and value of every field, encrypted: it holds fiscal codes.';

create table review_decisions (
  id uuid primary key default gen_random_uuid(),
  onboarding_id uuid not null references onboardings (id),
  institution_id uuid not null references institutions (id),
  product_id text not null,
  round int not null,
  outcome text not null check (outcome in ('approved', 'rejected', 'changes-requested')),
  staff_id uuid references staff_members (id),
  proposed_by uuid references staff_members (id),
  rules_version text,
  inputs bytea,
  note text,
  fields jsonb not null default '[]',
  queued_at timestamptz not null,
  decided_at timestamptz not null,
  unique (onboarding_id, round),
  check (num_nonnulls(staff_id, rules_version) = 1),
  check (proposed_by is null or proposed_by <> staff_id)
);
comment on table review_decisions is 'Every decision, once a round. From here come the times that the portal publishes.';
comment on column review_decisions.proposed_by is 'Where two people decide: the first. The table says too that they are two.';
comment on column review_decisions.rules_version is 'Decided by the published rules, without a person.';
comment on column review_decisions.inputs is 'What the rules looked at, encrypted: the same inputs under the same version give the same answer.';
create index review_decisions_of_product on review_decisions (product_id, decided_at desc);
create trigger review_decisions_immutable before update or delete on review_decisions for each row execute function refuse_change();

create table review_proposals (
  id uuid primary key default gen_random_uuid(),
  onboarding_id uuid not null references onboardings (id),
  institution_id uuid not null references institutions (id),
  round int not null,
  outcome text not null check (outcome in ('approved', 'rejected')),
  note text,
  state text not null default 'open' check (state in ('open', 'confirmed', 'declined', 'withdrawn')),
  proposed_by uuid not null references staff_members (id),
  proposed_at timestamptz not null,
  answered_by uuid references staff_members (id),
  answered_at timestamptz,
  answer text,
  check ((state = 'open') = (answered_at is null)),
  check (state not in ('confirmed', 'declined') or answered_by <> proposed_by)
);
comment on table review_proposals is 'Where a product wants two people: what the first would decide, until a second confirms or declines it.';
create unique index review_proposals_open on review_proposals (onboarding_id) where state = 'open';
create index review_proposals_of on review_proposals (onboarding_id, proposed_at);

create table review_messages (
  id uuid primary key default gen_random_uuid(),
  onboarding_id uuid not null references onboardings (id),
  institution_id uuid not null references institutions (id),
  at timestamptz not null,
  person_id uuid references persons (id),
  staff_id uuid references staff_members (id),
  text bytea not null,
  check (num_nonnulls(person_id, staff_id) = 1)
);
comment on column review_messages.text is 'Encrypted: people write what they like.';
create index review_messages_of on review_messages (onboarding_id, at, id);

alter table drafts add column onboarding_id uuid references onboardings (id), add column revision bytea;
comment on column drafts.onboarding_id is 'The request that this draft corrects: sending the draft sends that request again.';
comment on column drafts.revision is 'What the reviewer asked to change, encrypted, for who fills in the draft.';
create unique index drafts_of_onboarding on drafts (onboarding_id) where onboarding_id is not null;

alter table onboarding_rounds enable row level security;
create policy onboarding_rounds_own on onboarding_rounds
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy onboarding_rounds_review on onboarding_rounds for select using ((select app_purpose()) = 'review');
alter table review_decisions enable row level security;
create policy review_decisions_own on review_decisions
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy review_decisions_review on review_decisions for select using ((select app_purpose()) = 'review');
alter table review_proposals enable row level security;
create policy review_proposals_own on review_proposals
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy review_proposals_review on review_proposals for select using ((select app_purpose()) = 'review');
alter table review_messages enable row level security;
create policy review_messages_own on review_messages
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy review_messages_review on review_messages for select using ((select app_purpose()) = 'review');

-- For the review the staff see the requests that somebody reviews, and no other.
create policy onboardings_review on onboardings for select
  using (workflow in ('review', 'review-with-checklist', 'approval') and (select app_purpose()) = 'review');
create policy onboarding_administrators_review on onboarding_administrators for select
  using ((select app_purpose()) = 'review'
    and exists (select 1 from onboardings o where o.id = onboarding_id and o.workflow in ('review', 'review-with-checklist', 'approval')));

grant select, insert, update on onboarding_rounds, review_proposals to ar_app;
grant select, insert on review_decisions, review_messages to ar_app;
grant delete on onboarding_administrators to ar_app;

-- How many requests for the same product come first. Definer, since it counts rows of others; it tells a number and nothing else.
create function review_ahead(p_onboarding uuid) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from (
    select 1 from onboardings mine join onboardings o
      on o.product_id = mine.product_id and o.state = 'to-be-reviewed' and (o.review_due_at, o.id) < (mine.review_due_at, mine.id)
     where mine.id = p_onboarding and mine.state = 'to-be-reviewed' limit 1000) ahead
$$;
-- What the portal publishes: how long the last decisions on a product took. Only numbers leave.
create function review_times(p_product text, p_since timestamptz) returns table (decisions int, median_seconds int)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int, percentile_cont(0.5) within group (order by extract(epoch from decided_at - queued_at))::int from (
    select decided_at, queued_at from review_decisions
     where product_id = p_product and decided_at >= p_since order by decided_at desc limit 500) last
$$;
revoke execute on function review_ahead(uuid), review_times(text, timestamptz) from public;
grant execute on function review_ahead(uuid), review_times(text, timestamptz) to ar_app;
