import { isOfEachProduct, type Permission, productOf, profilesWith } from "@area/api";
import { type SqlBool, sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Caller, WhoMay } from "../platform/pipeline.ts";

/** A membership holds now: the words of SQL, for the alias and the parameter of the moment. */
export const holdsNow = (m: string, now: string) =>
  `${m}.state = 'active' and ${m}.begins_at <= ${now} and (${m}.ends_at is null or ${m}.ends_at > ${now})`;

type Names = { institution: string; product: string; profiles: string; permission: string; now: string };
/**
 * Does a person hold a permission, at an institution, at a moment? Through a built-in profile, a permission given by itself,
 * or a custom profile, which gives only what its maker holds at that moment through a built-in profile of their own.
 * All on the index of memberships by institution and person, then primary keys.
 */
export const holds = (person: string, p: Names, resource?: string) =>
  `exists (select 1 from memberships m left join profiles c on c.id = m.profile_id left join groups g on g.id = m.group_id
     where m.institution_id = ${p.institution} and m.person_id = ${person} and m.product_id = ${p.product} and ${holdsNow("m", p.now)}
       and (m.group_id is null or (g.state = 'active'${resource ? ` and (${resource}::text is null or g.resources is null or ${resource} = any (g.resources))` : ""}))
       and (m.profile = any (${p.profiles}) or ${p.permission} = any (m.permissions)
         or (${p.permission} = any (c.permissions) and exists (select 1 from memberships k where k.institution_id = ${p.institution}
             and k.person_id = c.made_by and k.product_id = ${p.product} and k.profile = any (${p.profiles}) and k.group_id is null and ${holdsNow("k", p.now)}))))`;

/** The same question as a condition of a built query: does the person of a column hold a permission now? */
export const holdsPermission = (
  person: string,
  ask: { institutionId: string; permission: Permission; on?: string; now: Date },
) => {
  const values: Record<string, unknown> = {
    ":institution": ask.institutionId,
    ":product": productOf(ask.permission, ask.on),
    ":profiles": profilesWith(ask.permission),
    ":permission": ask.permission,
    ":now": ask.now,
  };
  const text = holds(person, {
    institution: ":institution",
    // One of each product, and none named: on any.
    product: isOfEachProduct(ask.permission) && !ask.on ? "m.product_id" : ":product",
    profiles: ":profiles",
    permission: ":permission",
    now: ":now",
  });
  return sql<SqlBool>`${sql.join(
    text.split(/(:[a-z]+\b)/).map((piece) => (piece in values ? sql.val(values[piece]) : sql.raw(piece))),
    sql.raw(""),
  )}`;
};

/** What a session and its person say of the caller, for whoever writes the statement of "who and may". */
export const SESSION = `select s.id, s.person_id, p.given_name, p.family_name, s.scheme, s.level, s.authenticated_at, s.expires_at, s.last_seen_at, s.step_up_until, s.revoked_at is not null as revoked`;
const FROM = `set_config('app.person', s.person_id::text, true)
       from sessions s join persons p on p.id = s.person_id where s.id_hash = $1`;
const DECISION = `${SESSION},
         ${holds("s.person_id", { institution: "$2", product: "$3", profiles: "$4", now: "$5", permission: "$6" }, "$7")} as permitted,
         ${FROM}`;
/**
 * The same, for work that flies behind it in the same transaction: unless the session is good and the permission is there, this
 * statement takes the institution away. It answers a row even where there is no session, or nothing would close.
 */
const CLOSING = `select d.*, set_config('app.person', coalesce(d.person_id::text, ''), true),
       set_config('app.institution', case when d.permitted and not d.revoked and d.expires_at > $5 and d.last_seen_at >= $8 then $2::text else '' end, true)
     from (select 1) one left join (${SESSION},
         ${holds("s.person_id", { institution: "$2", product: "$3", profiles: "$4", now: "$5", permission: "$6" }, "$7")} as permitted
       from sessions s join persons p on p.id = s.person_id where s.id_hash = $1 offset 0) d on true`;
const MEMBER = `${SESSION},
         exists (select 1 from memberships m left join groups g on g.id = m.group_id where m.institution_id = $2 and m.person_id = s.person_id
           and ${holdsNow("m", "$3")} and (m.group_id is null or g.state = 'active')) as permitted,
         ${FROM}`;
const ANYONE = `${SESSION}, false as permitted, ${FROM}`;

export type SessionRow = {
  id: string;
  person_id: string;
  given_name: string;
  family_name: string;
  scheme: "spid" | "cie";
  level: number;
  authenticated_at: Date;
  expires_at: Date;
  last_seen_at: Date;
  step_up_until: Date | null;
  revoked: boolean;
};
/** The caller of a session that is good; else why it is not. */
export const callerIn = (
  connection: Connection,
  row: SessionRow | undefined,
  { sessionHash, now, idleMinutes }: { sessionHash: Buffer; now: Date; idleMinutes: number },
): { caller: Caller; reason: null } | { caller: null; reason: "missing" | "expired" } => {
  if (!row?.id) return { caller: null, reason: "missing" };
  const idleSince = now.getTime() - row.last_seen_at.getTime();
  if (row.revoked || row.expires_at <= now || idleSince > idleMinutes * 60_000)
    return { caller: null, reason: "expired" };
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
        id: row.id,
        scheme: row.scheme,
        level: row.level,
        authenticatedAt: row.authenticated_at,
        expiresAt: row.expires_at,
        stepUpUntil: row.step_up_until,
      },
    },
    reason: null,
  };
};

/**
 * Who is calling, and may they? Session, person and a membership that gives the permission, in one statement on primary and
 * unique keys. It also sets the person for the statements after it: the permission it asks for compares with the institution
 * of the path and the person of the session, never with that setting.
 */
export const whoMay =
  (idleMinutes: number): WhoMay =>
  async (connection, { sessionHash, institutionId, wants, now, closing }) => {
    const { rows } = await connection.query<SessionRow & { permitted: boolean }>(
      ...((wants === null
        ? [ANYONE, [sessionHash]]
        : wants === "member"
          ? [MEMBER, [sessionHash, institutionId, now]]
          : [
              closing ? CLOSING : DECISION,
              [
                ...[sessionHash, institutionId, wants.productId, wants.profiles, now, wants.permission, wants.resource],
                ...(closing ? [new Date(now.getTime() - idleMinutes * 60_000)] : []),
              ],
            ]) satisfies [string, unknown[]]),
    );
    const found = callerIn(connection, rows[0], { sessionHash, now, idleMinutes });
    return { ...found, permitted: found.caller !== null && rows[0]!.permitted };
  };

const GIVE: Permission = "institution:people:write";
const GIVERS = `select distinct p.id, p.given_name, p.family_name, p.family_name || ' ' || p.given_name as name
   from memberships w join persons p on p.id = w.person_id
  where w.institution_id = $1 and w.product_id = 'institution' and (w.profile = any ($2) or w.profile in ('custom', 'granted')) and ${holdsNow("w", "$3")}
    and ${holds("w.person_id", { institution: "$1", product: "'institution'", profiles: "$2", now: "$3", permission: "$4" })}
    and ${holds("w.person_id", { institution: "$1", product: "$5", profiles: "$6", now: "$3", permission: "$7" })}
  order by name, p.id limit 20`;

export type Giver = { id: string; name: string };
/** Who can give a permission at an institution: who may give at all, and holds it. */
export const giversOf = async (
  connection: Connection,
  institutionId: string,
  permission: Permission,
  productId: string,
  now: Date,
): Promise<Giver[]> =>
  (
    await connection.query<{ id: string; given_name: string; family_name: string }>(GIVERS, [
      institutionId,
      profilesWith(GIVE),
      now,
      GIVE,
      productId,
      profilesWith(permission),
      permission,
    ])
  ).rows.map((r) => ({ id: r.id, name: `${r.given_name} ${r.family_name}` }));

/** Has the person anything at the institution that has not ended? */
export const belongs = async (connection: Connection, institutionId: string, personId: string): Promise<boolean> =>
  (
    await connection.query<{ here: boolean }>(
      "select exists (select 1 from memberships where institution_id = $1 and person_id = $2 and state <> 'ended') as here",
      [institutionId, personId],
    )
  ).rows[0]?.here ?? false;

const MAY_HERE = `select ${holds("$5", { institution: "$1", product: "$2", profiles: "$3", now: "$4", permission: "$6" })} as may`;
/** May this person do this here, now? For a verb that learns only from its rows which permission is asked. */
export const mayHere = async (
  connection: Connection,
  ask: { institutionId: string; personId: string; permission: Permission; now: Date },
): Promise<boolean> =>
  (
    await connection.query<{ may: boolean }>(MAY_HERE, [
      ask.institutionId,
      productOf(ask.permission),
      profilesWith(ask.permission),
      ask.now,
      ask.personId,
      ask.permission,
    ])
  ).rows[0]?.may ?? false;

/** How many people hold both permissions at an institution, two at the most: is there a second person? */
export const countBoth = async (
  connection: Connection,
  institutionId: string,
  [one, other]: readonly [Permission, Permission],
  now: Date,
): Promise<number> =>
  (
    await connection.query<{ n: number }>(
      `select count(*)::int as n from (select distinct w.person_id from memberships w where w.institution_id = $1 and ${holdsNow("w", "$2")}
         and ${holds("w.person_id", { institution: "$1", product: "$3", profiles: "$4", now: "$2", permission: "$5" })}
         and ${holds("w.person_id", { institution: "$1", product: "$6", profiles: "$7", now: "$2", permission: "$8" })} limit 2) able`,
      [institutionId, now, productOf(one), profilesWith(one), one, productOf(other), profilesWith(other), other],
    )
  ).rows[0]?.n ?? 0;
