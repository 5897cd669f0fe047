import { hasPersonCheck } from "@area/api";
import type { Parts } from "../ports/index.ts";
import * as register from "./register-store.ts";

const MOST = 100;

export type RegisterFinding = {
  at: string;
  outcome: string;
  identityProvider: string;
  requestId: string;
  responseId: string | null;
  responseIssuer: string | null;
  assertionId: string | null;
  personId: string | null;
  pair: unknown;
};

/**
 * Looks into the register of logins, by an id of the pair, the issuer of the response or a fiscal code. Opening it is itself
 * written in the trail, with what was sought and how much was found.
 */
export const searchLoginRegister = (parts: Pick<Parts, "act" | "cipher">, search: string): Promise<RegisterFinding[]> =>
  parts.act({ kind: "system", name: "command" }, async ({ db, audit }) => {
    const code = search
      .replace(/\s/g, "")
      .toUpperCase()
      .replace(/^TINIT-/, "");
    const isCode = hasPersonCheck(code);
    const rows = await register.searchRegister(
      db,
      { text: search.trim(), subjectIndex: isCode ? parts.cipher.index("fiscal-code", code) : null },
      MOST,
    );
    audit(
      "identity.login-register.searched",
      { found: rows.length, by: isCode ? "subject" : search.trim().slice(0, 300) },
      isCode ? { personal: { subject: code } } : {},
    );
    return rows.map((r) => ({
      at: r.at.toISOString(),
      outcome: r.outcome,
      identityProvider: r.identity_provider,
      requestId: r.request_id,
      responseId: r.response_id,
      responseIssuer: r.response_issuer,
      assertionId: r.assertion_id,
      personId: r.person_id,
      pair: JSON.parse(parts.cipher.open(r.pair)) as unknown,
    }));
  });
