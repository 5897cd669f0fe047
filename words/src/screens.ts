import type { Language } from "./languages.ts";
import de from "./screens/de.ts";
import en from "./screens/en.ts";
import fr from "./screens/fr.ts";
import it, { type ScreenWords } from "./screens/it.ts";
import sl from "./screens/sl.ts";

/** The words of the screens in each language, for the server's mails. The browser loads only its own. */
export const screenWords: Record<Language, ScreenWords> = { it, en, de, fr, sl };
