import { readFileSync } from "node:fs";

export type Level = 1 | 2 | 3;
export type SchemeName = "spid" | "cie";
/** SPID identity types (Avviso 18): 1 natural person, 2 legal person, 3 professional natural, 4 professional legal. */
export type IdentityType = 1 | 2 | 3 | 4;

export interface Company {
  companyName: string;
  companyFiscalNumber: string;
  ivaCode: string;
  registeredOffice: string;
}

export interface Person {
  key: string;
  givenName: string;
  familyName: string;
  gender: "M" | "F";
  dateOfBirth: string;
  placeOfBirth: string;
  fiscalNumber: string;
  email: string;
  note: string;
  levels: Level[];
  schemes: SchemeName[];
  /** Identity type; 1 when absent. */
  purpose?: IdentityType;
  company?: Company;
  /** How the card writes the name, when it differs in spacing from the capitals of the SPID name. */
  cieName?: { givenName: string; familyName: string };
}

export function loadPeople(file: string): Person[] {
  const people = JSON.parse(readFileSync(file, "utf8")) as Person[];
  if (!Array.isArray(people) || people.length === 0) throw new Error("The file of people is empty.");
  return people;
}

export function identityType(person: Person): IdentityType {
  return person.purpose ?? 1;
}

/** The names as the scheme writes them: CIE uses capitals. */
export function namesFor(person: Person, scheme: SchemeName): { givenName: string; familyName: string } {
  if (scheme === "spid") return { givenName: person.givenName, familyName: person.familyName };
  return person.cieName ?? { givenName: person.givenName.toUpperCase(), familyName: person.familyName.toUpperCase() };
}

/** SPID levels are the person's own; whoever holds the card reaches every level with it. */
export function reachableLevels(person: Person, scheme: SchemeName): Level[] {
  return scheme === "cie" ? [1, 2, 3] : person.levels;
}
