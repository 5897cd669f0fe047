-- The name of a table is of type "name", whose collation is not that of the column: compared as it was, the key of row_versions was
-- not used, and each write of configuration read every version there is.

create or replace function keep_version() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  state jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  key text := case when state ? 'id' then state ->> 'id' else (state ->> 'institution_id') || '/' || (state ->> 'product_id') end;
  own text := tg_table_name::text;
begin
  insert into row_versions (table_name, row_key, version, institution_id, row_state, changed_at, changed_by, removed)
  values (own, key,
    coalesce((select max(v.version) from row_versions v where v.table_name = own and v.row_key = key), 0) + 1,
    coalesce((state ->> 'institution_id')::uuid, case when own = 'institutions' then (state ->> 'id')::uuid end),
    state, now(), app_person(), tg_op = 'DELETE');
  return null;
end $$;
