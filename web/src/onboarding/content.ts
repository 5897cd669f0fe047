import {
  Administrator,
  type AnswerOf,
  agreesWithNames,
  type api,
  type BodyInputOf,
  billingOfOrigin,
  County,
  type FieldProblem,
  FiscalCode,
  fieldProblems,
  GeographicArea,
  Manager,
  Pec,
  type Requirements,
  TaxCode,
  Text,
  ZipCode,
} from "@area/api";
import { detailProblems, detailsOf, isChosen, openFields, plainNeeds } from "./needs.ts";

export type Draft = AnswerOf<typeof api.onboarding.drafts.read>;
export type DraftContent = Draft["content"];
export type NewOnboarding = BodyInputOf<typeof api.onboarding.submit>;

export const STEPS = 6;
export type TypedPerson = { givenName: string; familyName: string; fiscalCode: string; email: string };
export type TypedArea = { level: string; code: string; name: string };

/** What the form holds: everything as typed, nothing missing. */
export type Typed = {
  kind: string;
  institution: {
    origin: string;
    ipaCode: string;
    unitKind: string;
    unitCode: string;
    unitName: string;
    /** The code in the list of IVASS or ANAC. */
    code: string;
    /** What the business register answered. */
    answer: string;
    /** The fields that the registry holds: the others are asked. */
    held: string;
    name: string;
    pec: string;
    taxCode: string;
    address: string;
    zipCode: string;
    city: string;
    county: string;
  };
  details: Record<string, Record<string, string | boolean>>;
  billing: { invoiceTo: string; recipientCode: string; vatNumber: string; invoicedTaxCode: string };
  geographicAreas: TypedArea[];
  manager: TypedPerson;
  administrators: TypedPerson[];
};

export const blankPerson = (): TypedPerson => ({ givenName: "", familyName: "", fiscalCode: "", email: "" });

export const blankInstitution = (origin: string): Typed["institution"] => ({
  origin,
  ipaCode: "",
  unitKind: "",
  unitCode: "",
  unitName: "",
  code: "",
  answer: "",
  held: "",
  name: "",
  pec: "",
  taxCode: "",
  address: "",
  zipCode: "",
  city: "",
  county: "",
});

/** A draft opened in the form: what was left out becomes blank. */
export const typedOf = (content: Partial<DraftContent>): Typed => ({
  kind: content.kind ?? "PA",
  institution: { ...blankInstitution("IPA"), ...content.institution },
  details: { ...content.details },
  billing: { invoiceTo: "institution", recipientCode: "", vatNumber: "", invoicedTaxCode: "", ...content.billing },
  geographicAreas: (content.geographicAreas ?? []).map((area) => ({ code: "", name: "", ...area })),
  manager: { ...blankPerson(), ...content.manager },
  administrators: (content.administrators?.length ? content.administrators : [{}]).map((a) => ({
    ...blankPerson(),
    ...a,
  })),
});

/** The form as a draft keeps it, with the step to come back to. */
export const contentOf = (typed: Typed, step: number): DraftContent => ({ ...structuredClone(typed), step });

const areaOf = (area: TypedArea): Record<string, string> =>
  area.level === "national"
    ? { level: "national" }
    : area.level === "region"
      ? { level: "region", code: area.code }
      : { level: area.level, name: area.name };

const billingOf = (
  { invoiceTo, recipientCode, vatNumber, invoicedTaxCode }: Typed["billing"],
  needs: Requirements = plainNeeds,
) => ({
  ...(recipientCode.trim() || needs.recipientCode === "required" ? { recipientCode } : {}),
  ...(vatNumber.trim() ? { vatNumber } : {}),
  ...(invoiceTo === "office" ? { invoicedTaxCode } : {}),
});

/** Who joins, as it is sent: what the registry has is named, what it has not is declared. */
const institutionOf = (typed: Typed, needs: Requirements): NewOnboarding["institution"] => {
  const i = typed.institution;
  const seen = { origin: needs.origin, name: i.name, pec: i.pec };
  if (needs.origin === "IPA")
    return {
      ...seen,
      ipaCode: i.ipaCode,
      ...(i.unitCode ? { unit: { kind: i.unitKind as "AOO" | "UO", code: i.unitCode } } : {}),
    };
  const said = Object.fromEntries(
    (["address", "zipCode", "city", "county"] as const).flatMap((f) => (i[f].trim() ? [[f, i[f]]] : [])),
  );
  return needs.origin === "business-register" || needs.origin === "declared"
    ? { ...seen, ...said, taxCode: i.taxCode }
    : { ...seen, ...said, code: i.code };
};

/** The draft as it is sent. Places keep their number, so that a refusal of the server finds its field again. */
export const onboardingOf = (
  productId: string,
  typed: Typed,
  draftId: string,
  needs: Requirements = plainNeeds,
): NewOnboarding => ({
  productId,
  kind: needs.kind,
  institution: institutionOf(typed, needs),
  billing: needs.billing ? billingOf(typed.billing, needs) : {},
  geographicAreas: needs.geographicAreas ? (typed.geographicAreas.map(areaOf) as NewOnboarding["geographicAreas"]) : [],
  details: detailsOf(typed, needs) as NewOnboarding["details"],
  ...(needs.manager ? { manager: typed.manager } : {}),
  administrators: typed.administrators,
  draftId,
});

/** Something to mend: the field of the form, its step, the rule it breaks. */
export type Wrong = { field: string; step: number; code: string; facts: Record<string, unknown> };

const stepOfRoot: Record<string, number> = {
  kind: 1,
  productId: 1,
  institution: 2,
  billing: 3,
  geographicAreas: 3,
  details: 3,
  manager: 4,
  administrators: 5,
};

/** A refusal's path (`body/administrators/0/email`) as a field of the form and the step where it is. Unknown ones have none. */
export const placeOf = (path: string): { field: string; step: number } | null => {
  const parts = path.replace(/^body\//, "").split("/");
  const step = stepOfRoot[parts[0] ?? ""];
  // Only what is looked up is mended where it is looked up.
  const searched = parts[0] !== "institution" || ["ipaCode", "code", "unit"].includes(parts[1] ?? "ipaCode");
  return step === undefined ? null : { field: parts.join("."), step: searched ? step : 3 };
};

export const wrongOf = (problems: readonly FieldProblem[]): Wrong[] =>
  problems.flatMap((problem) => {
    const place = placeOf(problem.path);
    return place ? [{ ...place, code: problem.code, facts: problem.facts ?? {} }] : [];
  });

type Checked = { success: true } | { success: false; error: Parameters<typeof fieldProblems>[0] };
const problemsAt = (checked: Checked, root: string): FieldProblem[] =>
  checked.success ? [] : fieldProblems(checked.error, `body/${root}`);

const personProblems = (
  schema: typeof Manager | typeof Administrator,
  person: TypedPerson,
  root: string,
): FieldProblem[] => {
  const found = problemsAt(schema.safeParse(person), root);
  // The schema compares code and names only when all the rest is right; who types wants to know at once.
  const code = FiscalCode.safeParse(person.fiscalCode);
  const named = person.givenName.trim() && person.familyName.trim();
  const path = `body/${root}/fiscalCode`;
  if (
    code.success &&
    named &&
    !agreesWithNames(code.data, person.givenName, person.familyName) &&
    !found.some((f) => f.path === path)
  )
    found.push({ path, code: "name-disagrees" });
  return found;
};

const fieldShapes = {
  name: Text(400),
  taxCode: TaxCode,
  pec: Pec,
  address: Text(200),
  zipCode: ZipCode,
  city: Text(80),
  county: County,
};
/** What no registry holds must be there, and well formed. */
const declaredProblems = (typed: Typed, needs: Requirements): FieldProblem[] =>
  openFields(typed, needs).flatMap((f) => {
    const checked = fieldShapes[f].safeParse(typed.institution[f]);
    return checked.success ? [] : fieldProblems(checked.error, `body/institution/${f}`);
  });
/** A public body's office has six characters, everybody else's seven. */
const billingFor = (needs: Requirements) =>
  needs.recipientCode === "required"
    ? billingOfOrigin(needs.origin).required({ recipientCode: true })
    : billingOfOrigin(needs.origin);

/** Everything that is missing or wrong in what was typed, by the rules of the promise. */
export const wrongPlaces = (typed: Typed, needs: Requirements = plainNeeds): Wrong[] => {
  const codes = typed.administrators.map((a) => a.fiscalCode.replace(/\s+/g, "").toUpperCase());
  const repeated = codes.flatMap((code, n): FieldProblem[] =>
    code && codes.indexOf(code) < n
      ? [
          {
            path: `body/administrators/${n}/fiscalCode`,
            code: "not-allowed",
            facts: { because: "administrator-repeated" },
          },
        ]
      : [],
  );
  const areas = !needs.geographicAreas
    ? []
    : typed.geographicAreas.length
      ? typed.geographicAreas.flatMap((area, n) => {
          const checked = GeographicArea.safeParse(areaOf(area));
          const field = area.level === "region" ? "code" : "name";
          if (checked.success) return [];
          const blank = !area[field].trim();
          return blank
            ? [{ path: `body/geographicAreas/${n}/${field}`, code: "required" }]
            : fieldProblems(checked.error, `body/geographicAreas/${n}`);
        })
      : [{ path: "body/geographicAreas", code: "too-few", facts: { minimum: 1 } }];
  const found = wrongOf([
    ...(isChosen(typed, needs) ? [] : [{ path: "body/institution/ipaCode", code: "required" }]),
    ...declaredProblems(typed, needs),
    ...(needs.billing ? problemsAt(billingFor(needs).safeParse(billingOf(typed.billing, needs)), "billing") : []),
    ...areas,
    ...detailProblems(typed, needs),
    ...(needs.manager ? personProblems(Manager, typed.manager, "manager") : []),
    ...typed.administrators.flatMap((a, n) => personProblems(Administrator, a, `administrators/${n}`)),
    ...repeated,
  ]);
  // One thing at a time: a blank field is blank, and nothing else.
  return found.filter((one, n) => found.findIndex((other) => other.field === one.field) === n);
};

/** The step where a refusal of the whole onboarding is mended. */
export const stepOfProblem = (code: string): number | null =>
  ({
    "registry-body-unknown": 2,
    "registry-body-ended": 2,
    "already-active": 2,
    "institution-kind-not-admitted": 1,
    "institution-not-admitted": 1,
    "parent-product-missing": 1,
    "registry-entry-unknown": 2,
    "recipient-code-not-of-institution": 3,
    "recipient-code-without-invoicing": 3,
    "institution-data-differ": 3,
    "manager-among-administrators": 5,
    "administrator-repeated": 5,
  })[code] ?? null;
