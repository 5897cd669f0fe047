import type { Language } from "./languages.ts";
import de from "./mails/de.ts";
import en from "./mails/en.ts";
import fr from "./mails/fr.ts";
import it, { type MailWords } from "./mails/it.ts";
import sl from "./mails/sl.ts";

/** What the portal writes about a review, in each language, for the server alone. */
export const mailWords: Record<Language, MailWords> = { it, en, de, fr, sl };
