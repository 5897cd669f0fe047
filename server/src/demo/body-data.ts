import type { InstitutionData } from "../institutions/index.ts";
import type { findBody } from "../registries/index.ts";

/** What a body of the registry brings to the institution that it becomes. */
export const bodyData = (body: NonNullable<Awaited<ReturnType<typeof findBody>>>): InstitutionData => ({
  taxCode: body.tax_code,
  name: body.name,
  ipaCode: body.ipa_code,
  category: body.category,
  pec: body.pec!,
  address: body.address,
  zipCode: body.zip_code,
  city: body.city,
  readAt: body.read_at,
});
