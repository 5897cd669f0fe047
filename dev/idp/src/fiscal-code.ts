// The Italian fiscal code of a natural person (DM 23/12/1976): six letters from the names, year, month letter,
// day (plus 40 for women), Belfiore code of the place of birth, check character. When two people would share one
// code, digits are replaced from the right by the letters LMNPQRSTUV: "omocodia".

const MONTHS = "ABCDEHLMPRST";
const HOMOCODE = "LMNPQRSTUV";
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

export interface BirthData {
  givenName: string;
  familyName: string;
  gender: "M" | "F";
  dateOfBirth: string;
  placeOfBirth: string;
}

/** The sixteenth character, from the first fifteen. */
export function checkCharacter(firstFifteen: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i += 1) {
    const c = firstFifteen.charCodeAt(i);
    const value = c >= 65 ? c - 65 : c - 48;
    sum += i % 2 === 0 ? ODD[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

/** The same code with every letter of an omocodia turned back into its digit (check character recomputed). */
export function withoutHomocodes(code: string): string {
  const characters = [...code.slice(0, 15)];
  for (const place of DIGIT_PLACES) {
    const digit = HOMOCODE.indexOf(characters[place] ?? "");
    if (digit >= 0) characters[place] = String(digit);
  }
  const plain = characters.join("");
  return plain + checkCharacter(plain);
}

export function fiscalCodeOf(person: BirthData): string {
  const [year, month, day] = person.dateOfBirth.split("-") as [string, string, string];
  const plain =
    familyPart(person.familyName) +
    givenPart(person.givenName) +
    year.slice(2) +
    MONTHS[Number(month) - 1] +
    String(Number(day) + (person.gender === "F" ? 40 : 0)).padStart(2, "0") +
    person.placeOfBirth;
  return plain + checkCharacter(plain);
}

function letters(name: string): { consonants: string; vowels: string } {
  const plain = name
    .normalize("NFD")
    .toUpperCase()
    .replace(/[^A-Z]/g, "");
  return { consonants: plain.replace(/[AEIOU]/g, ""), vowels: plain.replace(/[^AEIOU]/g, "") };
}

function familyPart(name: string): string {
  const { consonants, vowels } = letters(name);
  return `${consonants}${vowels}XXX`.slice(0, 3);
}

function givenPart(name: string): string {
  const { consonants, vowels } = letters(name);
  // Four consonants or more: the first, the third and the fourth.
  if (consonants.length >= 4) return consonants[0]! + consonants[2]! + consonants[3]!;
  return `${consonants}${vowels}XXX`.slice(0, 3);
}
