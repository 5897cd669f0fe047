/** Italian first; the others are the ones the portal in service speaks. */
export const languages = ["it", "en", "de", "fr", "sl"] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = {
  it: "Italiano",
  en: "English",
  de: "Deutsch",
  fr: "Français",
  sl: "Slovenščina",
};
export const isLanguage = (text: unknown): text is Language => (languages as readonly unknown[]).includes(text);

/** The person's choice if they made one, else the first of the browser's that we speak, else Italian. */
export const chooseLanguage = (chosen: string | undefined, acceptLanguage: string | undefined): Language => {
  if (isLanguage(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag, ...rest] = part.trim().toLowerCase().split(";");
      const quality = Number(/q=([\d.]+)/.exec(rest.join(";"))?.[1] ?? 1);
      return { language: (tag ?? "").split("-")[0], quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter((w) => isLanguage(w.language) && w.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (wanted[0]?.language as Language | undefined) ?? "it";
};

const locales: Record<Language, string> = { it: "it-IT", en: "en-GB", de: "de-DE", fr: "fr-FR", sl: "sl-SI" };
const zone = "Europe/Rome";
/** "23/11/2026" in data, in the way of each language; always the time of Rome. */
export const day = (language: Language, at: string | Date): string =>
  new Intl.DateTimeFormat(locales[language], {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    timeZone: zone,
  }).format(new Date(at));
export const dayInWords = (language: Language, at: string | Date): string =>
  new Intl.DateTimeFormat(locales[language], { weekday: "long", day: "numeric", month: "long", timeZone: zone }).format(
    new Date(at),
  );
export const time = (language: Language, at: string | Date): string =>
  new Intl.DateTimeFormat(locales[language], { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(
    new Date(at),
  );
export const distance = (language: Language, at: string | Date, now: Date = new Date()): string => {
  const days = Math.round((new Date(at).getTime() - now.getTime()) / 86_400_000);
  return new Intl.RelativeTimeFormat(locales[language], { numeric: "auto" }).format(days, "day");
};
export const plural = (
  language: Language,
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): string => (forms[new Intl.PluralRules(locales[language]).select(count)] ?? forms.other).replace("#", String(count));
