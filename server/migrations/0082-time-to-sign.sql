-- The time to sign: reminders before it ends, the letter sent again, more time once; and the time to correct, which ends too.

alter table onboardings add column reminded_left int, add column resent_at timestamptz;
comment on column onboardings.reminded_left is 'How many days were left at the last reminder: none is sent twice.';
comment on column onboardings.resent_at is 'When the letter to the certified mailbox was last sent again.';
create index onboardings_to_correct on onboardings (reviewed_at) where state = 'changes-requested';
