import { NewOnboarding, personCode } from "@area/api";
import { expect, test } from "vitest";
import { contentOf, onboardingOf, placeOf, type Typed, typedOf, wrongOf, wrongPlaces } from "./content.ts";

const draftId = "0199c0de-0000-7000-8000-000000000001";
const person = (givenName: string, familyName: string, email: string) => ({
  givenName,
  familyName,
  fiscalCode: personCode({ givenName, familyName, dateOfBirth: "1975-03-09", sex: "F", place: "H501" }),
  email,
});
const filled = (): Typed =>
  typedOf({
    step: 6,
    kind: "PA",
    institution: { ipaCode: "c_bes0", name: "Comune di Borgo Esempio", pec: "protocollo@pec.borgo-esempio.example" },
    billing: { recipientCode: "UFB0E5" },
    geographicAreas: [{ level: "municipality", name: "Borgo Esempio" }],
    manager: person("Elena", "Conti", "sindaca@borgo-esempio.example"),
    administrators: [person("Giulia", "Ferri", "giulia.ferri@posta.example")],
  });
const fieldsOf = (typed: Typed) => wrongPlaces(typed).map((w) => `${w.step} ${w.field} ${w.code}`);

test("a filled draft becomes an onboarding that the promise accepts", () => {
  const body = onboardingOf("pagopa", filled(), draftId);
  expect(NewOnboarding.safeParse(body).error).toBeUndefined();
  expect(body.billing).toEqual({ recipientCode: "UFB0E5" });
  expect(body.geographicAreas).toEqual([{ level: "municipality", name: "Borgo Esempio" }]);
  expect(fieldsOf(filled())).toEqual([]);
});

test("what belongs to another choice is kept in the draft and not sent", () => {
  const typed = filled();
  typed.billing.invoicedTaxCode = "99900001373";
  typed.geographicAreas = [{ level: "national", code: "09", name: "Prova" }];
  const body = onboardingOf("pagopa", typed, draftId);
  expect(body.billing).not.toHaveProperty("invoicedTaxCode");
  expect(body.geographicAreas).toEqual([{ level: "national" }]);
  expect(contentOf(typed, 3).billing?.invoicedTaxCode).toBe("99900001373");
});

test("an empty draft opens as blanks with one administrator to fill", () => {
  const typed = typedOf({ step: 1 });
  expect(typed.administrators).toHaveLength(1);
  const wrong = fieldsOf(typed);
  expect(wrong).toContain("2 institution.ipaCode required");
  expect(wrong).toContain("3 billing.recipientCode required");
  expect(wrong).toContain("3 geographicAreas too-few");
  expect(wrong).toContain("4 manager.fiscalCode required");
  expect(wrong).toContain("5 administrators.0.email required");
});

test("a code that is not of these names is said even while the mail is missing", () => {
  const typed = filled();
  typed.manager = { ...typed.manager, givenName: "Carla", email: "" };
  expect(fieldsOf(typed)).toEqual(["4 manager.email required", "4 manager.fiscalCode name-disagrees"]);
});

test("certified mail and the same person twice are refused in their place", () => {
  const typed = filled();
  typed.administrators = [...typed.administrators, { ...typed.administrators[0]!, email: "giulia@pec.borgo.example" }];
  expect(fieldsOf(typed)).toEqual([
    "5 administrators.1.email pec-not-personal",
    "5 administrators.1.fiscalCode not-allowed",
  ]);
});

test("a short recipient code tells how many characters are wanted", () => {
  const typed = filled();
  typed.billing.recipientCode = "UFAD4";
  expect(wrongPlaces(typed)).toEqual([
    { field: "billing.recipientCode", step: 3, code: "wrong-length", facts: { expected: 6 } },
  ]);
});

test("refusals of the server find their field and their step", () => {
  expect(placeOf("body/administrators/0/email")).toEqual({ field: "administrators.0.email", step: 5 });
  expect(placeOf("body/billing/vatNumber")).toEqual({ field: "billing.vatNumber", step: 3 });
  expect(placeOf("query/limit")).toBeNull();
  expect(
    wrongOf([
      { path: "body/manager/fiscalCode", code: "wrong-check-digit" },
      { path: "query/x", code: "required" },
    ]),
  ).toEqual([{ field: "manager.fiscalCode", step: 4, code: "wrong-check-digit", facts: {} }]);
});
