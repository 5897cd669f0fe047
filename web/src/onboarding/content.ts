import {
  Administrator,
  type AnswerOf,
  agreesWithNames,
  type api,
  Billing,
  type BodyInputOf,
  type FieldProblem,
  FiscalCode,
  fieldProblems,
  GeographicArea,
  Manager,
} from "@area/api";

export type Draft = AnswerOf<typeof api.onboarding.drafts.read>;
export type DraftContent = Draft["content"];
export type NewOnboarding = BodyInputOf<typeof api.onboarding.submit>;

export const STEPS = 6;
export type TypedPerson = { givenName: string; familyName: string; fiscalCode: string; email: string };
export type TypedArea = { level: string; code: string; name: string };

/** What the form holds: everything as typed, nothing missing. */
export type Typed = {
  kind: string;
  institution: { ipaCode: string; name: string; pec: string; taxCode: string; city: string };
  billing: { invoiceTo: string; recipientCode: string; vatNumber: string; invoicedTaxCode: string };
  geographicAreas: TypedArea[];
  manager: TypedPerson;
  administrators: TypedPerson[];
};

export const blankPerson = (): TypedPerson => ({ givenName: "", familyName: "", fiscalCode: "", email: "" });

/** A draft opened in the form: what was left out becomes blank. */
export const typedOf = (content: Partial<DraftContent>): Typed => ({
  kind: content.kind ?? "PA",
  institution: { ipaCode: "", name: "", pec: "", taxCode: "", city: "", ...content.institution },
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

const billingOf = ({ invoiceTo, recipientCode, vatNumber, invoicedTaxCode }: Typed["billing"]) => ({
  recipientCode,
  ...(vatNumber.trim() ? { vatNumber } : {}),
  ...(invoiceTo === "office" ? { invoicedTaxCode } : {}),
});

/** The draft as it is sent. Places keep their number, so that a refusal of the server finds its field again. */
export const onboardingOf = (productId: string, typed: Typed, draftId: string): NewOnboarding => ({
  productId,
  kind: "PA",
  institution: { ipaCode: typed.institution.ipaCode, name: typed.institution.name, pec: typed.institution.pec },
  billing: billingOf(typed.billing),
  geographicAreas: typed.geographicAreas.map(areaOf) as NewOnboarding["geographicAreas"],
  manager: typed.manager,
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
  manager: 4,
  administrators: 5,
};

/** A refusal's path (`body/administrators/0/email`) as a field of the form and the step where it is. Unknown ones have none. */
export const placeOf = (path: string): { field: string; step: number } | null => {
  const parts = path.replace(/^body\//, "").split("/");
  const step = stepOfRoot[parts[0] ?? ""];
  return step === undefined ? null : { field: parts.join("."), step };
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

/** Everything that is missing or wrong in what was typed, by the rules of the promise. */
export const wrongPlaces = (typed: Typed): Wrong[] => {
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
  const areas = typed.geographicAreas.length
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
    ...(typed.institution.ipaCode ? [] : [{ path: "body/institution/ipaCode", code: "required" }]),
    ...problemsAt(Billing.safeParse(billingOf(typed.billing)), "billing"),
    ...areas,
    ...personProblems(Manager, typed.manager, "manager"),
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
    "institution-kind-not-admitted": 2,
    "institution-data-differ": 3,
    "manager-among-administrators": 5,
    "administrator-repeated": 5,
  })[code] ?? null;
