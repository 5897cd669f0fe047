import { type Permission, productOf, profilesWith } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import { holds, holdsNow } from "./may-store.ts";

export { contactOf } from "./store.ts";

const HOLDERS = `select distinct w.person_id from memberships w
  where w.institution_id = $1 and w.product_id = $2 and ${holdsNow("w", "$4")}
    and ${holds("w.person_id", { institution: "$1", product: "$2", profiles: "$3", now: "$4", permission: "$5" })}
  order by w.person_id limit 2000`;

/** Who holds a permission at an institution at this moment: whom to tell what asks for it. */
export const holdersOf = async (
  connection: Connection,
  institutionId: string,
  permission: Permission,
  now: Date,
  on?: string,
): Promise<string[]> =>
  (
    await connection.query<{ person_id: string }>(HOLDERS, [
      institutionId,
      productOf(permission, on),
      profilesWith(permission),
      now,
      permission,
    ])
  ).rows.map((r) => r.person_id);
