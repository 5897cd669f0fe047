import { readFileSync } from "node:fs";

/** Somebody of the company, invented: their groups say what they may do at the portal. */
export interface StaffPerson {
  key: string;
  name: string;
  email: string;
  groups: string[];
  note: string;
}

export function loadStaff(file: string): StaffPerson[] {
  const people = JSON.parse(readFileSync(file, "utf8")) as StaffPerson[];
  if (!Array.isArray(people) || people.length === 0) throw new Error("The file of the staff is empty.");
  return people;
}
