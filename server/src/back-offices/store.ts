import type { HeldProfile } from "@area/api";
import { holdsNow } from "../people/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type Visitor = {
  name: string;
  tax_code: string;
  ipa_code: string | null;
  subunit_kind: string | null;
  subunit_code: string | null;
  parent_id: string | null;
  parent_name: string | null;
  kind: string | null;
  profiles: HeldProfile[];
  groups: { id: string; name: string }[];
  groups_held: number;
  email: Uint8Array | null;
  fiscal_code: Uint8Array;
  partner_name: string | null;
  partner_tax_code: string | null;
};

/** How many groups travel in a token: what is left out is said in it. */
export const MOST_GROUPS = 100;

/**
 * Somebody as a back office is told of them: for which institution, with which profiles on the product at the place where they work
 * (the institution, or the partner that acts for it), in which groups.
 */
export const visitor = async (
  connection: Connection,
  ask: { personId: string; institutionId: string; worksAt: string; productId: string; now: Date },
): Promise<Visitor> =>
  (
    await connection.query<Visitor>(
      `select i.name, i.tax_code, i.ipa_code, i.subunit_kind, i.subunit_code, i.parent_id, u.name as parent_name,
         (select ip.kind from institution_products ip where ip.institution_id = i.id and ip.product_id = $4 and ip.state = 'active') as kind,
         array(select distinct m.profile from memberships m left join groups g on g.id = m.group_id
           where m.institution_id = $3 and m.person_id = $1 and m.product_id = $4 and ${holdsNow("m", "$5")}
             and (m.group_id is null or g.state = 'active') order by m.profile) as profiles,
         coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name) order by x.name, x.id) from (
           select g.id, g.name from memberships m join groups g on g.id = m.group_id and g.state = 'active'
            where m.institution_id = $3 and m.person_id = $1 and m.product_id = $4 and ${holdsNow("m", "$5")}
            order by g.name, g.id limit ${MOST_GROUPS}) x), '[]') as groups,
         (select count(*)::int from memberships m join groups g on g.id = m.group_id and g.state = 'active'
           where m.institution_id = $3 and m.person_id = $1 and m.product_id = $4 and ${holdsNow("m", "$5")}) as groups_held,
         (select c.email from contacts c where c.institution_id = $3 and c.person_id = $1) as email,
         p.fiscal_code,
         case when $3 <> $2 then w.name end as partner_name, case when $3 <> $2 then w.tax_code end as partner_tax_code
       from institutions i left join institutions u on u.id = i.parent_id join persons p on p.id = $1 join institutions w on w.id = $3
       where i.id = $2`,
      [ask.personId, ask.institutionId, ask.worksAt, ask.productId, ask.now],
    )
  ).rows[0]!;

export type KeyRow = {
  kid: string;
  public_jwk: unknown;
  private_key: Uint8Array;
  signs_from: Date;
  signs_until: Date;
};
export const keysAfter = (db: Db, moment: Date): Promise<KeyRow[]> =>
  db
    .selectFrom("back_office_keys")
    .select(["kid", "public_jwk", "private_key", "signs_from", "signs_until"])
    .where("signs_until", ">", moment)
    .orderBy("signs_from")
    .limit(20)
    .execute();

export const insertKey = (
  db: Db,
  k: { kid: string; jwk: unknown; privateKey: Buffer; madeAt: Date; signsFrom: Date; signsUntil: Date },
) =>
  db
    .insertInto("back_office_keys")
    .values({
      kid: k.kid,
      public_jwk: JSON.stringify(k.jwk),
      private_key: k.privateKey,
      made_at: k.madeAt,
      signs_from: k.signsFrom,
      signs_until: k.signsUntil,
    })
    .execute();

export const forgetKeys = (db: Db, before: Date) =>
  db.deleteFrom("back_office_keys").where("signs_until", "<", before).execute();

/** Two processes that find no key make one. */
export const lockKeys = (connection: Connection) =>
  connection.query("select pg_advisory_xact_lock(hashtextextended('back office keys', 0))", []);
