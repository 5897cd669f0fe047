import { type Environment, hasElevenDigitCheck, type NodeRegistration, type OperationsContact } from "@area/api";
import type { Cipher } from "../../platform/cipher.ts";
import type { ContactRow, RegistrationRow } from "./store.ts";

/** Of eleven digits, with a check digit that does not hold: the node took such codes for years. */
export const isDoubtful = (taxCode: string): boolean => /^\d{11}$/.test(taxCode) && !hasElevenDigitCheck(taxCode);

export const shown = (r: RegistrationRow): NodeRegistration => ({
  environment: r.environment as Environment,
  capacity: r.capacity,
  name: r.name,
  taxCode: r.tax_code,
  taxCodeDoubtful: isDoubtful(r.tax_code),
  connection: r.connection,
  intermediary: r.intermediary_id ? { id: r.intermediary_id, name: r.intermediary_name ?? "" } : null,
  creditorBroker: r.creditor_broker,
  pspBroker: r.psp_broker,
  address: r.address,
  city: r.city,
  zipCode: r.zip_code,
  county: r.county,
  taxDomicile: r.tax_domicile,
  pspPayment: r.psp_payment,
  cbillCode: r.cbill_code,
  encodings: r.encodings,
  version: r.version,
  registeredAt: r.registered_at.toISOString(),
  changed: { at: r.changed_at.toISOString(), by: r.changed_by_name },
});

export type Contact = { referent: string; email: string; telephone: string };
export const contactShown = (cipher: Cipher, row: ContactRow): OperationsContact => ({
  ...(JSON.parse(cipher.open(Buffer.from(row.sealed))) as Contact),
  version: row.version,
  changed: { at: row.changed_at.toISOString(), by: row.changed_by_name },
});
