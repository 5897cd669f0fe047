-- What proves a signed agreement to a third party: one package beside the signed file, written when the file is accepted.

alter table agreements
  add column proof_sha256 bytea,
  add column proof_length bigint,
  add column proof_storage_key text;
comment on column agreements.proof_storage_key is 'A ZIP with the document, the signed file, certificates, answers on revocation, time stamps, the verification report and the digests of all. Null for what was signed before packages were written.';

-- Which version of the product was joined: until now only the onboarding knew.
alter table agreements add column product_version int;
update agreements a set product_version = o.product_version from onboardings o where o.id = a.onboarding_id;
alter table agreements alter column product_version set not null;

-- The register of what was signed, for the staff: newest first, a product alone or all.
create index agreements_signed on agreements (signed_at desc, id desc) where signed_at is not null;
create index agreements_signed_of_product on agreements (product_id, signed_at desc, id desc) where signed_at is not null;
create policy agreements_staff on agreements for select
  using ((select app_purpose()) in ('review', 'audit'));
