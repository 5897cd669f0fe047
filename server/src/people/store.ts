import { type Permission, type Profile, productOf, profilesWith } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { WhoMay } from "../platform/pipeline.ts";

/**
 * Who is calling, and may they? Session, person and a membership whose profile contains the permission, in one statement
 * on primary and unique keys. It also sets the person for the statements after it: the permission it asks for compares
 * with the institution of the path and the person of the session, never with that setting.
 */
export const whoMay =
  (idleMinutes: number): WhoMay =>
  async (connection, { sessionHash, institutionId, productId, profiles, now }) => {
    const { rows } = await connection.query<{
      person_id: string;
      given_name: string;
      family_name: string;
      scheme: "spid" | "cie";
      level: number;
      authenticated_at: Date;
      expires_at: Date;
      last_seen_at: Date;
      revoked: boolean;
      permitted: boolean;
    }>(
      `select s.person_id, p.given_name, p.family_name, s.scheme, s.level, s.authenticated_at, s.expires_at, s.last_seen_at, s.revoked_at is not null as revoked,
         exists (select 1 from memberships m where m.institution_id = $2 and m.person_id = s.person_id and m.product_id = $3 and m.profile = any ($4)
                 and m.state = 'active' and m.begins_at <= $5 and (m.ends_at is null or m.ends_at > $5)) as permitted,
         set_config('app.person', s.person_id::text, true)
       from sessions s join persons p on p.id = s.person_id where s.id_hash = $1`,
      [sessionHash, institutionId, productId, profiles, now],
    );
    const row = rows[0];
    if (!row) return { caller: null, reason: "missing", permitted: false };
    const idleSince = now.getTime() - row.last_seen_at.getTime();
    if (row.revoked || row.expires_at <= now || idleSince > idleMinutes * 60_000)
      return { caller: null, reason: "expired", permitted: false };
    // At most once a minute, sent ahead of the work and not waited for.
    if (idleSince > 60_000)
      connection
        .query("update sessions set last_seen_at = $2 where id_hash = $1", [sessionHash, now])
        .catch(() => undefined);
    return {
      caller: {
        personId: row.person_id,
        givenName: row.given_name,
        familyName: row.family_name,
        session: {
          scheme: row.scheme,
          level: row.level,
          authenticatedAt: row.authenticated_at,
          expiresAt: row.expires_at,
        },
      },
      reason: null,
      permitted: row.permitted,
    };
  };

/** The administrators who could grant something at an institution; null for somebody who does not belong there at all. */
export const whoGrants = async (db: Db, institutionId: string, personId: string): Promise<string[] | null> => {
  const rows = await db
    .selectFrom("memberships as m")
    .innerJoin("persons as p", "p.id", "m.person_id")
    .select(["m.person_id", "m.profile", "p.given_name", "p.family_name"])
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.state", "<>", sql.lit("ended"))
    .limit(200)
    .execute();
  if (!rows.some((r) => r.person_id === personId)) return null;
  return [
    ...new Set(rows.filter((r) => r.profile === "administrator").map((r) => `${r.given_name} ${r.family_name}`)),
  ].slice(0, 5);
};

export const myInstitutions = (
  connection: Connection,
  ask: { search: string | null; after: { name: string; id: string } | null; limit: number },
) =>
  connection.query<{
    id: string;
    name: string;
    tax_code: string;
    ipa_code: string | null;
    city: string | null;
    memberships: { productId: string; profile: Profile; state: "active" | "suspended" }[] | null;
    findings: number;
  }>("select * from my_institutions($1, $2, $3, $4)", [
    ask.search,
    ask.after?.name ?? null,
    ask.after?.id ?? null,
    ask.limit,
  ]);

export const membershipsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { name: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("memberships as m")
    .innerJoin("persons as p", "p.id", "m.person_id")
    .select([
      "m.id",
      "m.person_id",
      "p.given_name",
      "p.family_name",
      "p.first_entered_at",
      "m.product_id",
      "m.profile",
      "m.state",
      "m.begins_at",
      "m.ends_at",
      sql<string>`p.family_name || ' ' || p.given_name`.as("name"),
    ])
    .where("m.institution_id", "=", institutionId)
    .where("m.state", "<>", sql.lit("ended"))
    .$if(ask.after !== null, (q) =>
      q.where(
        sql<boolean>`(p.family_name || ' ' || p.given_name, m.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`,
      ),
    )
    .orderBy(sql`p.family_name || ' ' || p.given_name`)
    .orderBy("m.id")
    .limit(ask.limit)
    .execute();

/** Gives a profile; the same one twice is one. Answers the membership if it is new. */
export const appoint = async (
  db: Db,
  m: { personId: string; institutionId: string; productId: string; profile: Profile; onboardingId: string; at: Date },
): Promise<string | null> => {
  const row = await db
    .insertInto("memberships")
    .values({
      person_id: m.personId,
      institution_id: m.institutionId,
      product_id: m.productId,
      profile: m.profile,
      state: "active",
      begins_at: m.at,
      ends_at: null,
      onboarding_id: m.onboardingId,
    })
    .onConflict((c) =>
      c
        .columns(["institution_id", "person_id", "product_id", "profile"])
        // Written out, not a parameter: a prepared statement planned for any value would not find the partial index.
        .where("state", "<>", sql.lit("ended"))
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
};

export const keepContact = (
  db: Db,
  c: { personId: string; institutionId: string; email: Buffer; emailIndex: Buffer },
) =>
  db
    .insertInto("contacts")
    .values({ person_id: c.personId, institution_id: c.institutionId, email: c.email, email_index: c.emailIndex })
    .onConflict((k) =>
      k.columns(["person_id", "institution_id"]).doUpdateSet({ email: c.email, email_index: c.emailIndex }),
    )
    .execute();

const HOLDS = `m.institution_id = $1 and m.product_id = $2 and m.profile = any ($3) and m.state = 'active' and m.begins_at <= $4 and (m.ends_at is null or m.ends_at > $4)`;

/** May this person do this here, now? For a verb that learns only from its rows which permission is asked. */
export const mayHere = async (
  connection: Connection,
  ask: { institutionId: string; personId: string; permission: Permission; now: Date },
): Promise<boolean> =>
  (
    await connection.query<{ may: boolean }>(
      `select exists (select 1 from memberships m where ${HOLDS} and m.person_id = $5) as may`,
      [ask.institutionId, productOf(ask.permission), profilesWith(ask.permission), ask.now, ask.personId],
    )
  ).rows[0]?.may ?? false;

/** How many people hold all of these permissions at an institution: does a second person exist? */
export const countWho = async (
  connection: Connection,
  institutionId: string,
  permissions: readonly Permission[],
  now: Date,
): Promise<number> => {
  let able: Set<string> | null = null;
  for (const permission of permissions) {
    const { rows } = await connection.query<{ person_id: string }>(
      `select distinct m.person_id from memberships m where ${HOLDS} limit 5000`,
      [institutionId, productOf(permission), profilesWith(permission), now],
    );
    able = new Set(rows.map((r) => r.person_id).filter((id) => !able || able.has(id)));
  }
  return able?.size ?? 0;
};

/** Where to tell the administrators of an institution what matters to all of them. Addresses are encrypted. */
export const administratorsToTell = async (
  db: Db,
  institutionId: string,
): Promise<{ institution: string; addresses: Buffer[] }> => {
  const institution = await db
    .selectFrom("institutions")
    .select("name")
    .where("id", "=", institutionId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom("memberships as m")
    .innerJoin("contacts as c", (j) =>
      j.onRef("c.person_id", "=", "m.person_id").onRef("c.institution_id", "=", "m.institution_id"),
    )
    .select(["c.email", "c.person_id"])
    .distinctOn("c.person_id")
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.profile", "=", "administrator")
    .where("m.state", "=", sql.lit("active"))
    .orderBy("c.person_id")
    .limit(100)
    .execute();
  return { institution: institution.name, addresses: rows.map((r) => r.email) };
};
