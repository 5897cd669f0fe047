-- Who the registry says is responsible for a body: compared with who is declared to sign for it.

alter table registry_bodies
  add column responsible_given_name text,
  add column responsible_family_name text,
  add column responsible_title text;
comment on column registry_bodies.responsible_family_name is 'Columns Nome_, Cognome_ and Titolo_responsabile of the open data file "Enti"; many bodies leave them empty.';
