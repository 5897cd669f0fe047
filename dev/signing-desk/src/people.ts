import { readFile } from "node:fs/promises";

/** One of the invented people of the demo, as the shared list tells of them. */
export interface Person {
  key: string;
  givenName: string;
  familyName: string;
  fiscalCode: string;
  note: string;
}

const textAt = (record: Record<string, unknown>, field: string): string => {
  const value = record[field];
  return typeof value === "string" ? value.trim() : "";
};

export const readPeople = async (peopleFile: string): Promise<Person[]> => {
  const listed: unknown = JSON.parse(await readFile(peopleFile, "utf8"));
  if (!Array.isArray(listed)) throw new Error("The people file must hold a JSON array.");
  return listed.map((entry: unknown) => {
    const record = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    const person = {
      key: textAt(record, "key"),
      givenName: textAt(record, "givenName"),
      familyName: textAt(record, "familyName"),
      // SPID writes it `TINIT-…` (SPID technical rules, attribute table): so may the list.
      fiscalCode: textAt(record, "fiscalNumber")
        .toUpperCase()
        .replace(/^TINIT-/, ""),
      note: textAt(record, "note"),
    };
    if (!person.key || !person.givenName || !person.familyName || !person.fiscalCode)
      throw new Error("Each person needs key, givenName, familyName and fiscalNumber.");
    return person;
  });
};
