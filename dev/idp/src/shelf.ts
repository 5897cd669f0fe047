import { randomBytes } from "node:crypto";

const MOST = 1_000;

export interface Shelf<T> {
  keep(value: T): string;
  find(key: string): T | undefined;
  take(key: string): T | undefined;
}

/** Few, short-lived, in memory alone, and `take` gives them out once. */
export function shelf<T>(life: number): Shelf<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const find = (key: string) => {
    const found = kept.get(key);
    return found && found.until > Date.now() ? found.value : undefined;
  };
  return {
    keep(value) {
      for (const [key, { until }] of kept) {
        if (until > Date.now() && kept.size < MOST) break;
        kept.delete(key);
      }
      const key = randomBytes(24).toString("base64url");
      kept.set(key, { value, until: Date.now() + life });
      return key;
    },
    find,
    take(key) {
      const value = find(key);
      kept.delete(key);
      return value;
    },
  };
}
