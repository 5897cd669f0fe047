-- Rules that approve without a person: each time they are asked, with what they looked at and what they answered.

create table review_rule_runs (
  onboarding_id uuid primary key references onboardings (id),
  institution_id uuid not null references institutions (id),
  rules_version text not null,
  inputs bytea not null,
  verdict text not null check (verdict in ('approve', 'person')),
  rule text,
  because jsonb not null,
  at timestamptz not null,
  check ((verdict = 'approve') = (rule is not null))
);
comment on table review_rule_runs is 'Asked once, when a request is sent for the first time. Never changed: anybody can ask the same version again.';
comment on column review_rule_runs.inputs is 'Everything the rules looked at, encrypted.';
create trigger review_rule_runs_immutable before update or delete on review_rule_runs for each row execute function refuse_change();
alter table review_rule_runs enable row level security;
create policy review_rule_runs_own on review_rule_runs
  using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy review_rule_runs_review on review_rule_runs for select using ((select app_purpose()) = 'review');
grant select, insert on review_rule_runs to ar_app;
