import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

const shown = (db: Db) =>
  db
    .selectFrom("assistance_requests as r")
    .innerJoin("persons as p", "p.id", "r.person_id")
    .leftJoin("institutions as i", "i.id", "r.institution_id")
    .selectAll("r")
    .select([sql<string>`p.given_name || ' ' || p.family_name`.as("person_name"), "i.name as institution_name"]);
export type Row = NonNullable<Awaited<ReturnType<typeof one>>>;

export const one = (db: Db, id: string) => shown(db).where("r.id", "=", id).executeTakeFirst();

type Key = { after: { at: string; id: string } | null; limit: number };
export const list = (db: Db, ask: Key & { personId?: string; state?: string | undefined }) =>
  shown(db)
    .$if(ask.personId !== undefined, (q) => q.where("r.person_id", "=", ask.personId!))
    .$if(ask.state === "open", (q) => q.where("r.state", "=", sql.lit("open")))
    .$if(ask.state === "answered", (q) => q.where("r.state", "=", sql.lit("answered")))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(r.asked_at, r.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("r.asked_at", "desc")
    .orderBy("r.id", "desc")
    .limit(ask.limit)
    .execute();

export const askedSince = async (db: Db, personId: string, since: Date): Promise<number> =>
  Number(
    (
      await db
        .selectFrom("assistance_requests")
        .select((e) => e.fn.countAll<string>().as("n"))
        .where("person_id", "=", personId)
        .where("asked_at", ">", since)
        .executeTakeFirstOrThrow()
    ).n,
  );

export const insert = async (
  db: Db,
  r: {
    personId: string;
    institutionId: string | null;
    page: string;
    supportCode: string | null;
    language: string;
    message: Buffer;
    email: Buffer;
    at: Date;
  },
): Promise<string> =>
  (
    await db
      .insertInto("assistance_requests")
      .values({
        person_id: r.personId,
        institution_id: r.institutionId,
        page: r.page,
        trace_id: r.supportCode,
        language: r.language,
        message: r.message,
        email: r.email,
        asked_at: r.at,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;

/** Writes the answer; false when somebody else was quicker. */
export const answer = async (db: Db, id: string, a: { text: Buffer; by: string; at: Date }): Promise<boolean> =>
  (await db
    .updateTable("assistance_requests")
    .set({ state: "answered", answer: a.text, answered_by: a.by, answered_at: a.at, version: sql`version + 1` })
    .where("id", "=", id)
    .where("state", "=", sql.lit("open"))
    .returning("id")
    .executeTakeFirst()) !== undefined;
