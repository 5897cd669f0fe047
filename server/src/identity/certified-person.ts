import type { Cipher } from "../platform/cipher.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { VerifiedIdentity } from "../ports/identity/index.ts";
import * as store from "./store.ts";

/** "D'Àvila", "D’ AVILA" and "DAVILA" are one name written by three hands. */
const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toUpperCase();
const sameName = (a: string, b: string) => plain(a) === plain(b);
const isShouted = (name: string) => name === name.toUpperCase();
/** The card writes capitals: of two spellings of one name the better stays, whoever brought it. */
const spelled = (certified: string, known: string, declared: boolean): string => {
  if (!sameName(certified, known)) return certified;
  if (isShouted(certified)) return known;
  return declared || isShouted(known) ? certified : known;
};

/**
 * The person whom a verified identity is: one fiscal code, one person, by whatever provider or scheme they come (§6), made at
 * the first login. What is certified replaces what somebody declared. A newer certificate replaces an older one only when it
 * brings the birth date, which then agrees with the code; the same name in other letters is no change worth telling.
 */
export const certifiedPerson = async (
  { cipher }: { cipher: Cipher },
  db: Db,
  identity: VerifiedIdentity,
  at: Date,
): Promise<{ personId: string; changed: string[] }> => {
  const fiscalCodeIndex = cipher.index("fiscal-code", identity.fiscalCode);
  const { givenName, familyName, dateOfBirth } = identity;
  const known = await store.heldPerson(db, fiscalCodeIndex);
  if (!known) {
    const made = await store.newPerson(db, {
      fiscalCodeIndex,
      fiscalCode: cipher.seal(identity.fiscalCode),
      givenName,
      familyName,
      dateOfBirth: dateOfBirth ?? null,
      at,
    });
    // Somebody was quicker: their row is there now.
    return made ? { personId: made, changed: [] } : certifiedPerson({ cipher }, db, identity, at);
  }
  const declared = known.first_entered_at === null;
  const replaces = declared || dateOfBirth !== undefined;
  const name = {
    givenName: spelled(givenName, known.given_name, declared),
    familyName: spelled(familyName, known.family_name, declared),
  };
  const news = {
    ...(replaces && name.givenName !== known.given_name ? { givenName: name.givenName } : {}),
    ...(replaces && name.familyName !== known.family_name ? { familyName: name.familyName } : {}),
    ...(dateOfBirth !== undefined && dateOfBirth !== known.date_of_birth ? { dateOfBirth } : {}),
  };
  const changed = [
    ...(replaces && !sameName(givenName, known.given_name) ? ["givenName"] : []),
    ...(replaces && !sameName(familyName, known.family_name) ? ["familyName"] : []),
    ...("dateOfBirth" in news ? ["dateOfBirth"] : []),
  ];
  await store.personEntered(db, { id: known.id, ...news, at });
  return { personId: known.id, changed: declared ? [] : changed };
};
