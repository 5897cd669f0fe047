import { randomBytes } from "node:crypto";
import type { LoginRequest } from "./login-request.ts";

const LIFE = 15 * 60_000;
const MOST = 1_000;

export interface Pending {
  keep(login: LoginRequest): string;
  find(token: string): LoginRequest | undefined;
}

/** Requests waiting for somebody to choose a person: few, short-lived, in memory alone. */
export function pendingRequests(): Pending {
  const waiting = new Map<string, { login: LoginRequest; until: number }>();
  return {
    keep(login) {
      for (const [token, { until }] of waiting) {
        if (until > Date.now() && waiting.size < MOST) break;
        waiting.delete(token);
      }
      const token = randomBytes(24).toString("base64url");
      waiting.set(token, { login, until: Date.now() + LIFE });
      return token;
    },
    find(token) {
      const found = waiting.get(token);
      return found && found.until > Date.now() ? found.login : undefined;
    },
  };
}
