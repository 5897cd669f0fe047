import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

/** The register of logins (SPID technical rules): request and response pairs, written with the login, kept 24 months. */
export const registerPair = (
  db: Db,
  r: {
    at: Date;
    requestId: string;
    responseId: string | null;
    responseIssuer?: string | null;
    assertionId: string | null;
    identityProvider: string;
    scheme?: "spid" | "cie";
    subjectIndex?: Buffer | null;
    personId: string | null;
    outcome: string;
    pair: Buffer;
  },
) =>
  db
    .insertInto("login_register")
    .values({
      at: r.at,
      request_id: r.requestId,
      response_id: r.responseId,
      response_issuer: r.responseIssuer ?? null,
      assertion_id: r.assertionId,
      identity_provider: r.identityProvider,
      scheme: r.scheme ?? null,
      subject_index: r.subjectIndex ?? null,
      person_id: r.personId,
      outcome: r.outcome,
      pair: r.pair,
    })
    .execute();

/** What the rules say must be found: AuthnReq_ID, Resp_ID, Resp_Issuer, Assertion_ID, subject. Newest first. */
export const searchRegister = (db: Db, search: { text: string; subjectIndex: Buffer | null }, most: number) =>
  db
    .selectFrom("login_register")
    .selectAll()
    .where((e) =>
      e.or([
        e("request_id", "=", search.text),
        e("response_id", "=", search.text),
        e("response_issuer", "=", search.text),
        e("assertion_id", "=", search.text),
        ...(search.subjectIndex ? [e("subject_index", "=", search.subjectIndex)] : []),
      ]),
    )
    .orderBy("at", "desc")
    .limit(most)
    .execute();

export const sweepRegister = (db: Db, now: Date) =>
  db.deleteFrom("login_register").where("at", "<", sql<Date>`${now}::timestamptz - interval '24 months'`).execute();
