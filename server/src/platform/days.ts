/** Days are days of Rome, where the offices are: at 23:30 UTC it may already be tomorrow. `YYYY-MM-DD`, which sorts as text. */
const inRome = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" });
export const dayInRome = (at: Date): string => inRome.format(at);

/** The day so many days after another, whatever daylight saving does in between. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
