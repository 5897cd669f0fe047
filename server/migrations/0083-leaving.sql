-- An institution leaves a product: its agreement ends on a day.

alter table agreements add column ended_at timestamptz;
comment on column agreements.ended_at is 'When an agreement that was in force ended, because its product was left.';
