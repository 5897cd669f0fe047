-- Whose an account is, shown by a file; what other institutions make of the same account; one code on paper for each postal account.

create table iban_evidence (
  id uuid primary key default gen_random_uuid(),
  institution_id uuid not null references institutions (id),
  environment text not null check (environment in ('test', 'production')),
  iban_id uuid references ibans (id),
  name text not null,
  media_type text not null,
  length int not null check (length > 0),
  sha256 bytea not null,
  storage_key text not null,
  uploaded_by uuid not null references persons (id),
  uploaded_at timestamptz not null
);
comment on table iban_evidence is 'The file that shows why money may go to an account of somebody else. Without an account it waits for one, thirty days.';
create index iban_evidence_of_iban on iban_evidence (iban_id);
create index iban_evidence_waiting on iban_evidence (uploaded_at) where iban_id is null;
alter table iban_evidence enable row level security;
create policy iban_evidence_own on iban_evidence using (institution_id = app_institution() or (select app_purpose()) = 'system');
create policy iban_evidence_mandate on iban_evidence using (institution_id = app_delegator() and 'pagopa/' || environment = (select app_mandate()));
grant select, insert, update, delete on iban_evidence to ar_app;
create trigger iban_evidence_versions after insert or update or delete on iban_evidence for each row execute function keep_version();

-- BARCODE-128-AIM: the last twelve characters of a postal account stand on paper notices, and are of one institution alone.
create unique index ibans_barcode on ibans (environment, substr(iban, 16, 12))
  where retired_at is null and substr(iban, 6, 5) = '07601' and substr(iban, 1, 2) = 'IT';
-- The same account at another institution is looked up by its code.
create index ibans_by_code on ibans (iban, environment) where retired_at is null;

-- Do others have these accounts in use, and did one of them say before this institution that it is theirs? Definer, since it
-- looks at other institutions; it never tells which.
create function ibans_elsewhere(p_environment text, p_institution uuid, p_ibans text[])
returns table (iban text, shared boolean, owned boolean) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select e.iban, true, bool_or(e.holder_kind = 'own' and (m.id is null or (e.registered_at, e.id) < (m.registered_at, m.id)))
      from ibans e left join ibans m on m.institution_id = p_institution and m.environment = p_environment and m.iban = e.iban and m.retired_at is null
        and m.holder_kind = 'own'
     where e.environment = p_environment and e.iban = any (p_ibans) and e.retired_at is null and e.institution_id <> p_institution
     group by e.iban;
end $$;
revoke execute on function ibans_elsewhere(text, uuid, text[]) from public;
grant execute on function ibans_elsewhere(text, uuid, text[]) to ar_app;
