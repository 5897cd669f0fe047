-- A postal account gives its institution the code of paper notices, and takes it back when it is retired.
create function keep_barcode() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  if new.retired_at is null then
    insert into node_encodings (institution_id, environment, kind, code)
      values (new.institution_id, new.environment, 'barcode-128-aim', substr(new.iban, 16, 12)) on conflict do nothing;
  else
    delete from node_encodings where institution_id = new.institution_id and environment = new.environment and kind = 'barcode-128-aim'
      and code = substr(new.iban, 16, 12);
  end if;
  return null;
end $$;
create trigger ibans_barcode_kept after insert or update of retired_at on ibans for each row
  when (substr(new.iban, 6, 5) = '07601' and substr(new.iban, 1, 2) = 'IT' and substr(new.iban, 16, 12) ~ '^[0-9]{12}$') execute function keep_barcode();

-- The accounts in use of every institution that a person of a partner serves and may read, in the order of the partner's
-- portfolio: names, then accounts. Definer, since it crosses institutions; who asks, for whom and when decide the rows.
create function delegators_ibans(p_person uuid, p_partner uuid, p_environment text, p_now timestamptz,
  after_name text, after_institution uuid, after_iban text, most int)
returns table (institution_id uuid, name text, tax_code text, iban_id uuid, iban text, description text, valid_from date, valid_until date, labels jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select v.institution_id, v.name, v.tax_code, i.id, i.iban, i.description, i.valid_from, i.valid_until,
        coalesce((select jsonb_agg(l.label order by l.label) from iban_labels l where l.iban_id = i.id), '[]')
      from delegation_portfolio v
      join delegations d on d.id = v.delegation_id
      cross join lateral (
        select * from ibans x where x.institution_id = v.institution_id and x.environment = p_environment and x.retired_at is null
          and (v.name, v.institution_id, x.iban) > (after_name, after_institution, after_iban)
        order by x.iban limit most) i
     where v.partner_id = p_partner and v.state = 'active' and v.name >= after_name and d.product_id = 'pagopa'
       and d.environment in (p_environment, 'both') and 'pagopa:ibans:read' = any (d.permissions)
       and d.begins_at <= p_now and (d.ends_at is null or d.ends_at > p_now)
       and serves(p_person, p_partner, 'pagopa', d.id, p_now)
     order by v.name, v.institution_id, i.iban limit most;
end $$;
revoke execute on function delegators_ibans(uuid, uuid, text, timestamptz, text, uuid, text, int) from public;
grant execute on function delegators_ibans(uuid, uuid, text, timestamptz, text, uuid, text, int) to ar_app;
