import type { Language } from "../languages.ts";
import de from "./de.ts";
import en from "./en.ts";
import fr from "./fr.ts";
import it, { type AdhesionWords } from "./it.ts";
import sl from "./sl.ts";

export type { AdhesionWords } from "./it.ts";

/** The words of who may join what, in each language, for the pages that the server writes. */
export const adhesionWords: Record<Language, AdhesionWords> = { it, en, de, fr, sl };
