-- The European trusted lists: which trust services count, and since when. What was verified last is kept until something newer is.

create table trusted_lists (
  territory text primary key,
  address text not null,
  sequence bigint not null,
  issued_at timestamptz not null,
  next_update timestamptz,
  sha256 bytea not null,
  services jsonb not null,
  verified_at timestamptz not null,
  looked_at timestamptz not null,
  problem text,
  problem_since timestamptz
);
comment on table trusted_lists is 'The last good copy of each list (ETSI TS 119 612); EU is the list of lists. A list that cannot be fetched or verified leaves this copy in place.';
comment on column trusted_lists.sequence is 'TSLSequenceNumber: a list with a lower one is an old list sent again, and is refused.';
comment on column trusted_lists.sha256 is 'Of the document as it arrived.';
comment on column trusted_lists.services is 'The services a signature may rest on: certificates in base64, status by periods.';
comment on column trusted_lists.looked_at is 'When it was last asked for, whatever came.';
comment on column trusted_lists.problem is 'Why the last look brought nothing usable; null when it did.';

grant select, insert, update on trusted_lists to ar_app;
