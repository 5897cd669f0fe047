import { may, type Permission, type PersonAtInstitution, permissionsAt } from "@area/api";
import type { PermissionArea } from "@area/words/people/it";

type Held = PersonAtInstitution["memberships"][number];

/** What a permission is about: its code without what it allows there. */
export const areaOf = (permission: Permission): PermissionArea =>
  permission.slice(0, permission.lastIndexOf(":")) as PermissionArea;

export type Column = { area: PermissionArea; productId: string; permissions: Permission[] };
/** The columns of the matrix, product by product. */
export const columnsOf = (active: readonly string[]): Column[] =>
  permissionsAt(active).reduce<Column[]>((all, { permission, productId }) => {
    const known = all.find((c) => c.area === areaOf(permission) && c.productId === productId);
    if (known) known.permissions.push(permission);
    else all.push({ area: areaOf(permission), productId, permissions: [permission] });
    return all;
  }, []);

export type Cell = { what: "write" | "read" | "none"; until: string | null; ways: Held[] };
/** What somebody may do in an area now, through what, and until when if nothing they hold there lasts. */
export const cellOf = (memberships: readonly Held[], column: Column, now: Date): Cell => {
  const giving = (permission: Permission) =>
    memberships.filter((m) =>
      may(
        [{ ...m, beginsAt: new Date(m.beginsAt), endsAt: m.endsAt ? new Date(m.endsAt) : null, profile: "granted" }],
        permission,
        now,
        column.productId,
      ),
    );
  for (const what of ["write", "read"] as const) {
    const ways = column.permissions.filter((p) => p.endsWith(`:${what}`)).flatMap(giving);
    if (ways.length === 0) continue;
    const ends = ways.map((m) => m.endsAt);
    const until = ends.includes(null) ? null : (ends as string[]).sort().at(-1)!;
    return { what, until, ways };
  }
  return { what: "none", until: null, ways: [] };
};
