import { chooseLanguage, day, dayInWords, distance, type Language, time } from "@area/words/languages";
import type { ProblemWords } from "@area/words/problems/it";
import type { ScreenWords } from "@area/words/screens/it";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

/** The words of one language: the only one the browser loads. */
type Spoken = { language: Language; screens: ScreenWords; problems: ProblemWords };

const screens: Record<Language, () => Promise<{ default: ScreenWords }>> = {
  it: () => import("@area/words/screens/it"),
  en: () => import("@area/words/screens/en"),
  de: () => import("@area/words/screens/de"),
  fr: () => import("@area/words/screens/fr"),
  sl: () => import("@area/words/screens/sl"),
};
const problems: Record<Language, () => Promise<{ default: ProblemWords }>> = {
  it: () => import("@area/words/problems/it"),
  en: () => import("@area/words/problems/en"),
  de: () => import("@area/words/problems/de"),
  fr: () => import("@area/words/problems/fr"),
  sl: () => import("@area/words/problems/sl"),
};

const COOKIE = "ar_language";
const YEAR = 365 * 24 * 60 * 60;
const chosen = (): string | undefined => new RegExp(`(?:^|; )${COOKIE}=([a-z]{2})`).exec(document.cookie)?.[1];

export const languageInUse = (): Language => chooseLanguage(chosen(), navigator.languages.join(","));

export const loadWords = async (language: Language): Promise<Spoken> => {
  const [s, p] = await Promise.all([screens[language](), problems[language]()]);
  return { language, screens: s.default, problems: p.default };
};

const shortDay = (language: Language, at: string | Date) =>
  new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "Europe/Rome" }).format(new Date(at));

const formats = (language: Language) => ({
  shortDay: (at: string | Date) => shortDay(language, at),
  isToday: (at: string | Date) => day(language, at) === day(language, new Date()),
  day: (at: string | Date) => day(language, at),
  dayInWords: (at: string | Date) => dayInWords(language, at),
  time: (at: string | Date) => time(language, at),
  distance: (at: string | Date) => distance(language, at),
});

export type Words = Spoken & ReturnType<typeof formats> & { speak: (language: Language) => Promise<void> };
const Context = createContext<Words | null>(null);

export const WordsProvider = ({ initial, children }: { initial: Spoken; children: ReactNode }) => {
  const [spoken, setSpoken] = useState(initial);
  const speak = useCallback(async (language: Language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads the same cookie for its own pages
    document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
    const next = await loadWords(language);
    document.documentElement.lang = language;
    setSpoken(next);
  }, []);
  const words = useMemo(() => ({ ...spoken, ...formats(spoken.language), speak }), [spoken, speak]);
  return <Context value={words}>{children}</Context>;
};

export const useWords = (): Words => {
  const words = useContext(Context);
  if (!words) throw new Error("words are missing");
  return words;
};
