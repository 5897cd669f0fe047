/** Who runs the portal. Everything but the name is sample data: whoever puts the portal into service replaces it. */
export const company = {
  name: "PagoPA S.p.A.",
  site: "https://www.pagopa.gov.it/",
  address: "Via dell’Esempio 1, 00100 Roma",
  vat: "00000000000",
  pec: "area-riservata@pec.example",
  support: "assistenza@area-riservata.example",
  accessibility: "accessibilita@area-riservata.example",
  security: "sicurezza@area-riservata.example",
  dpo: "dpo@area-riservata.example",
};

/** Guidelines for public sites ask each page for its date of update; the statement is reviewed every year by 23 September. */
export const updatedAt = "2026-11-23";
export const accessibilityReviewedAt = "2026-11-23";
