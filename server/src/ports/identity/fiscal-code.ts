/**
 * The Italian fiscal code of a person (D.M. 23 December 1976): sixteen characters, where omocodia may turn any of the
 * seven digits into one of LMNPQRSTUV and the last letter is a check on the other fifteen.
 */
const shape = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;
const oddPlaces = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** The value of a digit or letter: 0–9 and A–J weigh the same. */
function rank(character: string): number {
  const code = character.charCodeAt(0);
  return code < 65 ? code - 48 : code - 65;
}

export function fiscalCodeCheckCharacter(firstFifteen: string): string {
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const value = rank(firstFifteen.charAt(place));
    sum += place % 2 === 0 ? (oddPlaces[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

export function isFiscalCode(text: string): boolean {
  return shape.test(text) && fiscalCodeCheckCharacter(text) === text.charAt(15);
}

/** `TINIT-<code>` as both federations certify it. Any other prefix is a person without an Italian code (eIDAS). */
export function fiscalCodeOfAttribute(value: string): string | undefined {
  const trimmed = value.trim();
  if (!trimmed.startsWith("TINIT-")) return undefined;
  const code = trimmed.slice("TINIT-".length);
  // Plain letters only before raising the case: "ı" and "ſ" would otherwise become I and S.
  if (!/^[A-Za-z0-9]{16}$/.test(code)) return undefined;
  return isFiscalCode(code.toUpperCase()) ? code.toUpperCase() : undefined;
}
