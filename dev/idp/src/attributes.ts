import { createHash } from "node:crypto";
import { ATTRIBUTES } from "./identity-provider.ts";
import type { LoginRequest } from "./login-request.ts";
import { namesFor, type Person } from "./people.ts";

const PROVINCES: Record<string, string> = {
  A326: "AO",
  A662: "BA",
  A794: "BG",
  A944: "BO",
  B354: "CA",
  C351: "CT",
  D612: "FI",
  D969: "GE",
  F205: "MI",
  F839: "NA",
  G224: "PD",
  G273: "PA",
  H501: "RM",
  L219: "TO",
  L736: "VE",
  L781: "VR",
};

export interface AttributeValue {
  name: string;
  value: string;
  type: "xs:string" | "xs:date";
}

/** Only what the service provider asked for, and only what this person's identity has. CIE always sends its four. */
export function attributesFor(login: LoginRequest, person: Person): AttributeValue[] {
  const scheme = login.idp.scheme;
  const values = valuesOf(person, scheme === "cie");
  const asked = scheme === "cie" ? ATTRIBUTES.cie : ATTRIBUTES.spid.filter((name) => login.attributes.includes(name));
  return asked.flatMap((name) => {
    const value = values[name];
    const date = scheme === "spid" && (name === "dateOfBirth" || name === "expirationDate");
    return value ? [{ name, value, type: date ? "xs:date" : "xs:string" }] : [];
  });
}

function valuesOf(person: Person, asCie: boolean): Record<string, string | undefined> {
  const { givenName, familyName } = namesFor(person, asCie ? "cie" : "spid");
  const digest = createHash("sha256").update(person.key).digest("hex").toUpperCase();
  const digits = digest.replace(/\D/g, "").padEnd(7, "0").slice(0, 7);
  return {
    // Four letters of the provider and ten of the person.
    spidCode: `DEVI${digest.slice(0, 10)}`,
    name: givenName,
    familyName,
    fiscalNumber: `TINIT-${person.fiscalNumber}`,
    dateOfBirth: person.dateOfBirth,
    placeOfBirth: person.placeOfBirth,
    countyOfBirth: PROVINCES[person.placeOfBirth],
    gender: person.gender,
    email: person.email,
    digitalAddress: person.email.replace("@", "@pec."),
    mobilePhone: `+39000${digits}`,
    idCard: `cartaIdentita CA${digits.slice(0, 5)}AA comuneBorgoEsempio 2022-01-10 2032-01-10`,
    expirationDate: "2032-01-10",
    domicileStreetAddress: "Via dei Tigli 1",
    domicilePostalCode: "00000",
    domicileMunicipality: "Borgo Esempio",
    domicileProvince: "RM",
    domicileNation: "IT",
    companyName: person.company?.companyName,
    companyFiscalNumber: person.company && `TINIT-${person.company.companyFiscalNumber}`,
    ivaCode: person.company && `VATIT-${person.company.ivaCode}`,
    registeredOffice: person.company?.registeredOffice,
  };
}
