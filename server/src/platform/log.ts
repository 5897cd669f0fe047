import { pino } from "pino";

export type Log = {
  info(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
  error(facts: object, text?: string): void;
  debug(facts: object, text?: string): void;
};

/** Lines of JSON. No personal data: people are their UUID, bodies and headers are never written. */
export const makeLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["cookie", "authorization", "token"] });
