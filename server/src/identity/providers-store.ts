import type { Db } from "../platform/database/transaction.ts";

/** What of a provider is worth a line in the trail when it changes: fingerprints of its keys, its addresses. */
export type Shown = { entityId: string; scheme: "spid" | "cie"; keys: string[]; endpoints: string[] };

export const copiesOf = (db: Db, sources: readonly string[]) =>
  db
    .selectFrom("identity_provider_copies")
    .select(["source", "digest", "refresh_at"])
    .where("source", "in", [...sources])
    .execute();

export const documentOf = async (db: Db, source: string): Promise<string | null> =>
  (await db.selectFrom("identity_provider_copies").select("document").where("source", "=", source).executeTakeFirst())
    ?.document ?? null;

/** The row of a source, held until the end of the transaction: two processes that asked at once see each other's work. */
export const heldCopy = async (db: Db, source: string, now: Date) => {
  await db
    .insertInto("identity_provider_copies")
    .values({ source, asked_since: now, refresh_at: now, document: null, digest: null, good_at: null })
    .onConflict((on) => on.column("source").doNothing())
    .execute();
  return db
    .selectFrom("identity_provider_copies")
    .select(["digest", "providers", "failures", "alarmed_at", "good_at"])
    .where("source", "=", source)
    .forUpdate()
    .executeTakeFirstOrThrow();
};

export const saveGoodCopy = (
  db: Db,
  c: { source: string; document: string; digest: string; providers: Shown[]; goodAt: Date; refreshAt: Date },
) =>
  db
    .updateTable("identity_provider_copies")
    .set({
      document: c.document,
      digest: c.digest,
      providers: JSON.stringify(c.providers),
      good_at: c.goodAt,
      refresh_at: c.refreshAt,
      failures: 0,
      last_error: null,
      alarmed_at: null,
    })
    .where("source", "=", c.source)
    .execute();

export const noteFailure = (db: Db, f: { source: string; error: string; failures: number; refreshAt: Date }) =>
  db
    .updateTable("identity_provider_copies")
    .set({ last_error: f.error, failures: f.failures, refresh_at: f.refreshAt })
    .where("source", "=", f.source)
    .execute();

/** Marks those that gave nothing good since then and of which nobody was told; answers them. */
export const alarmStale = (db: Db, since: Date, now: Date) =>
  db
    .updateTable("identity_provider_copies")
    .set({ alarmed_at: now })
    .where("alarmed_at", "is", null)
    .where((e) => e(e.fn.coalesce("good_at", "asked_since"), "<=", since))
    .returning(["source", "good_at"])
    .execute();

export const alarmOf = (db: Db, source: string) =>
  db
    .selectFrom("identity_provider_copies")
    .select(["alarmed_at", "good_at"])
    .where("source", "=", source)
    .where("alarmed_at", "is not", null)
    .executeTakeFirst();

/** Sources that the settings name no more. */
export const forgetOthers = (db: Db, named: readonly string[]) =>
  db
    .deleteFrom("identity_provider_copies")
    .$if(named.length > 0, (q) => q.where("source", "not in", [...named]))
    .returning(["source", "providers", "alarmed_at"])
    .execute();
