import {
  type Admission,
  detailBlocks,
  type FieldProblem,
  fieldProblems,
  hasPersonCheck,
  kindInRegistry,
  kindRules,
  type NewOnboarding,
  Pec,
  Problem,
  type Requirements,
  type reviewReasons,
  TaxCode,
  Text,
} from "@area/api";
import type { InstitutionData } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { RegisterAnswer } from "../ports/registry/index.ts";
import { findBody, findBodyByTaxCode, findEntry, findUnit, recipientOf } from "../registries/index.ts";

/** Who joins, with the data that go into the agreement, and why a person must look first though the product would not ask. */
export type Chosen = { institution: InstitutionData; reasons: (typeof reviewReasons)[number][] };
type Refuse = (
  code:
    | "registry-body-unknown"
    | "registry-body-ended"
    | "registry-entry-unknown"
    | "institution-data-differ"
    | "institution-kind-not-admitted"
    | "institution-not-admitted"
    | "recipient-code-not-of-institution"
    | "recipient-code-without-invoicing",
  facts?: Record<string, string | number>,
) => never;

const invalid = (...fields: FieldProblem[]): never => {
  throw new Problem("input-invalid", {}, fields);
};
const wanted = (path: string): FieldProblem => ({ path: `body/${path}`, code: "required" });

/** Everything that this way of joining asks and the request lacks, in one answer. */
export const demandWhole = (body: NewOnboarding, needs: Requirements): void => {
  const missing: FieldProblem[] = [];
  if (needs.manager && !body.manager) missing.push(wanted("manager"));
  if (needs.geographicAreas && body.geographicAreas.length === 0)
    missing.push({ path: "body/geographicAreas", code: "too-few", facts: { minimum: 1 } });
  if (needs.billing && needs.recipientCode === "required" && !body.billing.recipientCode)
    missing.push(wanted("billing/recipientCode"));
  for (const block of needs.blocks)
    if (!body.details[block]) {
      const empty = detailBlocks[block].safeParse({});
      missing.push(
        ...(empty.success ? [wanted(`details/${block}`)] : fieldProblems(empty.error, `body/details/${block}`)),
      );
    }
  if (missing.length > 0) invalid(...missing);
};

/** What no registry holds is declared: every part of it must be there and well formed. */
const declared = (
  { institution }: NewOnboarding,
  personCode: boolean,
  more: Partial<InstitutionData> = {},
): InstitutionData => {
  const problems: FieldProblem[] = [];
  const need = <T>(value: T | undefined | "", path: string): T => {
    if (value === undefined || value === "") problems.push(wanted(`institution/${path}`));
    return value as T;
  };
  const name = Text(400).safeParse(institution.name);
  if (!name.success) problems.push(...fieldProblems(name.error, "body/institution/name"));
  const pec = Pec.safeParse(institution.pec);
  if (!pec.success) problems.push(...fieldProblems(pec.error, "body/institution/pec"));
  const taxCode = need(institution.taxCode, "taxCode");
  if (taxCode && hasPersonCheck(taxCode) && !personCode)
    problems.push({ path: "body/institution/taxCode", code: "wrong-length", facts: { expected: 11 } });
  const data: InstitutionData = {
    taxCode,
    name: name.data ?? "",
    ipaCode: null,
    category: null,
    pec: pec.data ?? "",
    address: need(institution.address, "address"),
    zipCode: need(institution.zipCode, "zipCode"),
    city: need(institution.city, "city"),
    county: need(institution.county, "county"),
    country: "IT",
    registry: null,
    readAt: null,
    ...more,
  };
  if (problems.length > 0) invalid(...problems);
  return data;
};

/** What the person saw must still be so: the agreement goes to that address, under that name. */
const unchanged = (seen: { name: string; pec: string }, now: { name: string; pec: string }, refuse: Refuse): void => {
  const plain = (text: string) => text.trim().toLowerCase();
  if (now.pec !== plain(seen.pec) || plain(now.name) !== plain(seen.name))
    refuse("institution-data-differ", { pec: now.pec, name: now.name });
};

const fromIpa = async (db: Db, body: NewOnboarding, a: Admission, needs: Requirements, refuse: Refuse) => {
  const { ipaCode, unit: wantedUnit } = body.institution;
  if (!ipaCode) return invalid(wanted("institution/ipaCode"));
  const found = await findBody(db, ipaCode);
  if (!found) return refuse("registry-body-unknown", { ipaCode });
  if (found.state === "ended") return refuse("registry-body-ended");
  if (kindInRegistry(found.category) !== a.kind)
    return refuse("institution-kind-not-admitted", { kind: kindInRegistry(found.category) });
  if (a.categories && !a.categories.includes(found.category))
    return refuse("institution-not-admitted", { because: "category" });
  const parent: InstitutionData = {
    taxCode: found.tax_code,
    name: found.name,
    ipaCode: found.ipa_code,
    category: found.category,
    pec: found.pec ?? "",
    address: found.address,
    zipCode: found.zip_code,
    city: found.city,
    readAt: found.read_at,
  };
  let institution = parent;
  if (wantedUnit) {
    if (!needs.units) return refuse("institution-not-admitted", { because: "units" });
    const unit = await findUnit(db, wantedUnit.kind, wantedUnit.code);
    if (unit?.ipa_code !== found.ipa_code) return refuse("registry-entry-unknown", { code: wantedUnit.code });
    if (unit.state === "ended") return refuse("registry-body-ended");
    institution = {
      ...parent,
      name: unit.name,
      // A unit without certified mail of its own is reached at the body's.
      pec: unit.pec ?? parent.pec,
      address: unit.address,
      zipCode: unit.zip_code,
      readAt: unit.read_at,
      unit: { kind: wantedUnit.kind, code: unit.code, parent },
    };
  }
  if (!institution.pec) return invalid(wanted("institution/pec"));
  unchanged(body.institution, institution, refuse);
  if (!TaxCode.safeParse(institution.taxCode).success)
    return invalid({ path: "body/institution/taxCode", code: "wrong-check-digit" });
  const { recipientCode } = body.billing;
  if (needs.billing && recipientCode) {
    // Where no office of the body is known the code cannot be told from a good one.
    const office = await recipientOf(db, found.ipa_code, recipientCode);
    if (office === "not-of-institution") return refuse("recipient-code-not-of-institution", { recipientCode });
    if (office === "without-invoicing") return refuse("recipient-code-without-invoicing", { recipientCode });
  }
  return { institution, reasons: [] };
};

const fromList = async (db: Db, body: NewOnboarding, registry: "IVASS" | "ANAC", refuse: Refuse): Promise<Chosen> => {
  const { code, address, zipCode, city, county } = body.institution;
  if (!code) return invalid(wanted("institution/code"));
  const found = await findEntry(db, registry, code);
  if (!found) return refuse("registry-entry-unknown", { code });
  if (found.state === "ended") return refuse("registry-body-ended");
  if (!found.pec) return invalid(wanted("institution/pec"));
  unchanged(body.institution, { name: found.name, pec: found.pec }, refuse);
  if (found.tax_code && !TaxCode.safeParse(found.tax_code).success)
    return invalid({ path: "body/institution/taxCode", code: "wrong-check-digit" });
  const seat = found.address || address;
  // The list may hold no seat: then it is declared.
  if (!seat) return invalid(wanted("institution/address"));
  return {
    institution: {
      // A foreign insurer has no Italian tax code: Italy knows it by its IVASS code.
      taxCode: found.tax_code ?? found.code,
      name: found.name,
      ipaCode: null,
      category: null,
      pec: found.pec,
      address: seat,
      zipCode: found.zip_code || zipCode || "",
      city: found.city ?? city ?? null,
      county: county ?? null,
      country: found.country,
      registry,
      registryCode: found.code,
      readAt: found.read_at,
    },
    reasons: [],
  };
};

const fromBusinessRegister = (
  body: NewOnboarding,
  a: Admission,
  said: RegisterAnswer,
  at: Date,
  refuse: Refuse,
): Chosen => {
  const { personCode } = kindRules[a.kind];
  if (said.answer !== "found")
    return {
      institution: declared(body, personCode),
      reasons: [said.answer === "silent" ? "register-silent" : "register-unknown"],
    };
  const { company } = said;
  if (!company.active) return refuse("registry-body-ended");
  const admitted = a.atecoCodes;
  if (admitted && !company.atecoCodes.some((code) => admitted.includes(code)))
    return refuse("institution-not-admitted", { because: "activity" });
  const pec = company.pec ?? body.institution.pec.trim().toLowerCase();
  unchanged(body.institution, { name: company.name, pec }, refuse);
  const institution = declared(
    {
      ...body,
      institution: {
        ...body.institution,
        name: company.name,
        pec,
        address: company.address || body.institution.address,
        zipCode: company.zipCode || body.institution.zipCode,
        city: company.city ?? body.institution.city,
        county: company.county ?? body.institution.county,
      },
    },
    personCode,
    { registry: "business-register", registryCode: company.taxCode, readAt: at },
  );
  return { institution, reasons: [] };
};

/** A code that IndicePA holds is a public body's, whatever it declares to be: its agreement goes to the mailbox of the registry. */
const notInDisguise = async (db: Db, chosen: Chosen, refuse: Refuse): Promise<Chosen> => {
  const body = await findBodyByTaxCode(db, chosen.institution.taxCode);
  if (body && body.pec !== chosen.institution.pec)
    return refuse("institution-data-differ", { pec: body.pec ?? "", name: body.name });
  return chosen;
};

/** The institution that joins, by the registry of its kind. */
export const chooseInstitution = async (
  db: Db,
  body: NewOnboarding,
  a: Admission,
  needs: Requirements,
  said: RegisterAnswer,
  at: Date,
  refuse: Refuse,
): Promise<Chosen> => {
  switch (a.origin) {
    case "IPA":
      return fromIpa(db, body, a, needs, refuse);
    case "IVASS":
    case "ANAC":
      return fromList(db, body, a.origin, refuse);
    case "business-register":
      return notInDisguise(db, fromBusinessRegister(body, a, said, at, refuse), refuse);
    default:
      return notInDisguise(db, { institution: declared(body, kindRules[a.kind].personCode), reasons: [] }, refuse);
  }
};
