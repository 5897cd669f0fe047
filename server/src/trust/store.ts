import type { Db } from "../platform/database/transaction.ts";
import type { ListDigest } from "./index.ts";

export type KeptList = Awaited<ReturnType<typeof kept>>;

export const kept = (db: Db, territory: string) =>
  db
    .selectFrom("trusted_lists")
    .select(["territory", "sequence", "sha256", "problem"])
    .where("territory", "=", territory)
    .executeTakeFirst();

export const all = (db: Db) =>
  db
    .selectFrom("trusted_lists")
    .select([
      "territory",
      "address",
      "sequence",
      "issued_at",
      "next_update",
      "verified_at",
      "looked_at",
      "problem",
      "problem_since",
    ])
    .select(({ fn, ref }) => fn<number>("jsonb_array_length", [ref("services")]).as("services"))
    // Some forty states, whatever happens.
    .orderBy("territory")
    .limit(100)
    .execute();

/** What is wrong with one list since when, and until when its kept copy says of itself that it holds. */
export const staleOf = (db: Db, territory: string) =>
  db
    .selectFrom("trusted_lists")
    .select(["territory", "problem", "problem_since", "next_update"])
    .where("territory", "=", territory)
    .where("problem", "is not", null)
    .executeTakeFirst();

/** What names the content of all lists: when it is the same, so is what is trusted. */
export const digests = (db: Db): Promise<ListDigest[]> =>
  db.selectFrom("trusted_lists").select(["territory", "sha256"]).orderBy("territory").limit(100).execute();

export const services = (db: Db) =>
  db.selectFrom("trusted_lists").select(["territory", "services"]).orderBy("territory").limit(100).execute();

type Fresh = {
  territory: string;
  address: string;
  sequence: number;
  issuedAt: Date;
  nextUpdate: Date | null;
  sha256: Uint8Array;
  services: unknown;
  at: Date;
};
/** Keeps a verified list; answers nothing when a newer one is already there. */
export const keep = (db: Db, list: Fresh) => {
  const said = {
    address: list.address,
    sequence: list.sequence,
    issued_at: list.issuedAt,
    next_update: list.nextUpdate,
    sha256: Buffer.from(list.sha256),
    services: JSON.stringify(list.services),
    verified_at: list.at,
    looked_at: list.at,
    problem: null,
    problem_since: null,
  };
  return db
    .insertInto("trusted_lists")
    .values({ territory: list.territory, ...said })
    .onConflict((conflict) =>
      conflict.column("territory").doUpdateSet(said).where("trusted_lists.sequence", "<=", list.sequence),
    )
    .returning("territory")
    .executeTakeFirst();
};

export const failed = (db: Db, territory: string, problem: string, at: Date) =>
  db
    .updateTable("trusted_lists")
    .set(({ fn, ref, val }) => ({
      looked_at: at,
      problem,
      problem_since: fn.coalesce(ref("problem_since"), val(at)),
    }))
    .where("territory", "=", territory)
    .execute();
