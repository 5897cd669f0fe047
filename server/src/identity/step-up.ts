import type { Db } from "../platform/database/transaction.ts";
import type { PageRequest } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import { liveSessionOf, sessionToConfirm } from "./sessions-store.ts";

/*
 * Confirming who one is, for what asks for it (decision 0014). It is a login like the others, through the same door, that
 * names the session it confirms: whichever way in answers, SAML or OpenID, `remember` and `letIn` pass by here.
 */

/** How long a confirmation holds. */
export const STEP_UP_MINUTES = 10;
/** A provider's clock may be behind ours by so much. */
const SKEW_SECONDS = 30;

/** The session that the login about to begin is to confirm: the one of this browser, when `conferma` asks for it. */
export const sessionConfirmedBy = async (parts: Parts, request: PageRequest): Promise<string | null> => {
  const { sessionHash } = request;
  if (request.query["conferma"] === undefined || !sessionHash) return null;
  const { database, clock, config } = parts;
  const session = await database.asSystem(({ db }) =>
    liveSessionOf(db, sessionHash, clock(), config.session.idleMinutes),
  );
  return session?.id ?? null;
};

export type Confirmation = { id: string; createdAt: Date; expiresAt: Date; stepUpUntil: Date; replaces: Buffer };

/** Does this identity confirm that session? The same person, authenticated for this request, and the session still open. */
export const confirmationOf = async (
  db: Db,
  pending: { step_up_of: string | null; issued_at: Date },
  identity: { authenticatedAt: Date },
  fiscalCodeIndex: Buffer,
  now: Date,
): Promise<Confirmation | "step-up-session-over" | "step-up-other-person" | "step-up-not-fresh"> => {
  // Another tab that confirms at the same moment changes the row under us: then there is a newer one to find.
  const find = () => sessionToConfirm(db, pending.step_up_of!, now);
  const session = (await find()) ?? (await find());
  if (!session) return "step-up-session-over";
  if (!fiscalCodeIndex.equals(session.fiscal_code_index)) return "step-up-other-person";
  if (identity.authenticatedAt.getTime() < pending.issued_at.getTime() - SKEW_SECONDS * 1000)
    return "step-up-not-fresh";
  return {
    id: pending.step_up_of!,
    createdAt: session.created_at,
    // A confirmation makes nobody's day longer.
    expiresAt: session.expires_at,
    stepUpUntil: new Date(now.getTime() + STEP_UP_MINUTES * 60_000),
    replaces: Buffer.from(session.id_hash),
  };
};
