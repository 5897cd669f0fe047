import type { Language } from "./languages.ts";
import de from "./letters/de.ts";
import en from "./letters/en.ts";
import fr from "./letters/fr.ts";
import it, { type LetterWords } from "./letters/it.ts";
import sl from "./letters/sl.ts";

/** What the portal writes to institutions and to people, in each language, for the server alone. */
export const letterWords: Record<Language, LetterWords> = { it, en, de, fr, sl };
