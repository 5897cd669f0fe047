import { fieldsOf as blockFields, type DetailBlock, type Details, type DraftContent } from "@area/api";
import type { z } from "zod";
import type { Cipher } from "../platform/cipher.ts";
import type { Db } from "../platform/database/transaction.ts";
import * as store from "./store.ts";

type Row = NonNullable<Awaited<ReturnType<typeof store.lockOnboarding>>>;
type Named = { givenName: string; familyName: string; fiscalCode: string; email: string };
type Area = { level: string; code?: string; name?: string };
type Kept = {
  name: string;
  taxCode: string;
  ipaCode: string | null;
  pec: string;
  address: string;
  zipCode: string;
  city: string | null;
  county?: string | null;
  country?: string | null;
  registry?: string | null;
  registryCode?: string | null;
  unit?: { kind: string; code: string } | null;
};
export type FieldValue = { path: string; value: string | boolean | null };

/** Everything that was sent, opened: for who reviews it and for who corrects it. */
export const contentOf = async (cipher: Cipher, db: Db, o: Row) => ({
  kind: o.kind,
  origin: o.origin,
  institution: o.institution_data as Kept,
  billing: o.billing as { recipientCode?: string; vatNumber?: string; invoicedTaxCode?: string },
  areas: o.geographic_areas as Area[],
  details: {
    ...(o.details as Details),
    ...(o.account ? { reimbursement: JSON.parse(cipher.open(o.account)) as Record<string, string> } : {}),
  } as Record<string, Record<string, string | boolean>>,
  manager:
    o.manager_given_name && o.manager_family_name && o.manager_fiscal_code && o.manager_email
      ? {
          givenName: o.manager_given_name,
          familyName: o.manager_family_name,
          fiscalCode: cipher.open(o.manager_fiscal_code),
          email: cipher.open(o.manager_email),
        }
      : null,
  administrators: (await store.administratorsOf(db, o.id)).map(
    (a): Named => ({
      givenName: a.given_name,
      familyName: a.family_name,
      fiscalCode: cipher.open(a.fiscal_code),
      email: cipher.open(a.email),
    }),
  ),
});
export type Content = Awaited<ReturnType<typeof contentOf>>;

/** As the form asks them: a document of the database keeps no order. */
const inOrder = (block: DetailBlock, said: Record<string, string | boolean>) =>
  Object.fromEntries(blockFields(block).map(({ name }) => [name, said[name] ?? null]));

/** One line for each field, by the path that the form gives it: what is compared between two rounds, and what a note is about. */
export const fieldsOf = (c: Content): FieldValue[] => {
  const i = c.institution;
  const under = (root: string, values: Record<string, string | boolean | null | undefined>): FieldValue[] =>
    Object.entries(values).map(([name, value]) => ({ path: `${root}.${name}`, value: value ?? null }));
  const person = (p: Named) => ({
    givenName: p.givenName,
    familyName: p.familyName,
    fiscalCode: p.fiscalCode,
    email: p.email,
  });
  return [
    { path: "kind", value: c.kind },
    { path: "origin", value: c.origin },
    ...under("institution", {
      name: i.name,
      taxCode: i.taxCode,
      ...(i.ipaCode ? { ipaCode: i.ipaCode } : {}),
      ...(i.registryCode ? { registryCode: i.registryCode } : {}),
      ...(i.unit ? { unit: `${i.unit.kind} ${i.unit.code}` } : {}),
      pec: i.pec,
      address: i.address,
      zipCode: i.zipCode,
      city: i.city,
      county: i.county,
    }),
    ...under("billing", {
      recipientCode: c.billing.recipientCode,
      vatNumber: c.billing.vatNumber,
      invoicedTaxCode: c.billing.invoicedTaxCode,
    }),
    {
      path: "geographicAreas",
      value: c.areas.map((a) => [a.level, a.code ?? a.name].filter(Boolean).join(":")).join("\n") || null,
    },
    ...Object.entries(c.details).flatMap(([block, said]) =>
      under(`details.${block}`, inOrder(block as DetailBlock, said)),
    ),
    ...(c.manager ? under("manager", person(c.manager)) : []),
    ...c.administrators.flatMap((a, n) => under(`administrators.${n}`, person(a))),
  ];
};

/** The same as the form keeps it, so that nobody types anything twice. */
export const draftContentOf = (c: Content, reasons: readonly string[]): z.input<typeof DraftContent> => {
  const i = c.institution;
  const text = (value: string | null | undefined) => value ?? "";
  return {
    step: 3,
    kind: c.kind,
    institution: {
      origin: c.origin,
      ipaCode: text(i.ipaCode),
      unitKind: text(i.unit?.kind),
      unitCode: text(i.unit?.code),
      unitName: i.unit ? i.name : "",
      code: text(i.registryCode),
      answer:
        c.origin === "business-register"
          ? reasons.includes("register-silent")
            ? "silent"
            : reasons.includes("register-unknown")
              ? "unknown"
              : "found"
          : "",
      held: "",
      name: i.name,
      pec: i.pec,
      taxCode: i.taxCode,
      address: i.address,
      zipCode: i.zipCode,
      city: text(i.city),
      county: text(i.county),
    },
    details: c.details,
    billing: {
      recipientCode: text(c.billing.recipientCode),
      vatNumber: text(c.billing.vatNumber),
      invoicedTaxCode: text(c.billing.invoicedTaxCode),
      invoiceTo: c.billing.invoicedTaxCode ? "office" : "institution",
    },
    geographicAreas: c.areas.map((a) => ({
      level: a.level,
      ...(a.code ? { code: a.code } : {}),
      ...(a.name ? { name: a.name } : {}),
    })),
    ...(c.manager ? { manager: c.manager } : {}),
    administrators: c.administrators,
  };
};
