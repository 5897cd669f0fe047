/** Days as they are written in a form, moments as they travel: always of Rome. */
const inRome = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" });
const hourInRome = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Rome", hour: "2-digit", hourCycle: "h23" });

const at = (day: string, time: string): string => {
  const hour = time.slice(0, 2);
  // Winter or summer time: the offset under which Rome's clocks show that hour.
  const right = ["+01:00", "+02:00"].find((offset) => hourInRome.format(new Date(`${day}T${time}${offset}`)) === hour);
  return new Date(`${day}T${time}${right ?? "+01:00"}`).toISOString();
};

export const today = (now = new Date()): string => inRome.format(now);
export const dayOf = (instant: string): string => inRome.format(new Date(instant));
/** From the first second of a day; today is "from now", which is what an absent beginning means. */
export const fromDay = (day: string | undefined): string | undefined =>
  day && day !== today() ? at(day, "00:00:00") : undefined;
/** Until the last second of a day. */
export const untilDay = (day: string | undefined): string | null => (day ? at(day, "23:59:59") : null);
