import type { Environment } from "@area/api";

const inRome = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" });
const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The same rule as the server's: tomorrow where money moves, today where it is rehearsed. Days of Rome. */
export const earliestDay = (environment: Environment, now = new Date()): string =>
  environment === "production" ? plusDays(inRome.format(now), 1) : inRome.format(now);
export const tomorrow = (now = new Date()): string => plusDays(inRome.format(now), 1);
