import type { Language } from "../languages.ts";
import de from "./de.ts";
import en from "./en.ts";
import fr from "./fr.ts";
import it, { type PageWords } from "./it.ts";
import sl from "./sl.ts";

export type { PageWords } from "./it.ts";

/** The words of the pages that the server writes, in each language. */
export const pageWords: Record<Language, PageWords> = { it, en, de, fr, sl };
