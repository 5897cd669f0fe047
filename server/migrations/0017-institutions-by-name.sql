-- The staff look for institutions across all of them, in order of name.
create index institutions_by_name on institutions (name, id);
