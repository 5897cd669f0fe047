-- What the people of a partner did for others, as the partner itself reads it: across the chains of those who delegated, the
-- lines that carry its name and no other.
create index audit_lines_of_partner on audit_lines (partner_id, at desc, chain desc, sequence desc) where partner_id is not null;
create function acts_of_partner(p_partner uuid, p_outcome text, p_from timestamptz, p_to timestamptz,
  before_at timestamptz, before_chain text, before_sequence bigint, most int)
returns table (chain text, sequence bigint, at timestamptz, action text, outcome text, body text, digest bytea, institution_id uuid, institution_name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if p_partner is distinct from app_institution() and app_purpose() is distinct from 'system' then return; end if;
  return query select l.chain, l.sequence::bigint, l.at, l.action, l.outcome, l.body, l.digest, i.id, i.name
    from audit_lines l join institutions i on i.id = l.institution_id
    where l.partner_id = p_partner and l.institution_id <> p_partner
      and (p_outcome is null or l.outcome = p_outcome) and (p_from is null or l.at >= p_from) and (p_to is null or l.at < p_to)
      and (before_at is null or (l.at, l.chain, l.sequence) < (before_at, before_chain, before_sequence))
    order by l.at desc, l.chain desc, l.sequence desc limit most;
end $$;
grant execute on function acts_of_partner(uuid, text, timestamptz, timestamptz, timestamptz, text, bigint, int) to ar_app;
