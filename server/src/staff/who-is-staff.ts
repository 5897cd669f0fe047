import type { StaffHolding } from "@area/api";
import { staffProfileNames, staffProfiles } from "@area/api";
import type { WhoIsStaff } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

/** Who was named by the command holds every profile, until the groups exist and the command takes the naming away. */
const everything: StaffHolding[] = staffProfileNames.map((profile) => ({ profile, productId: null }));

/** The profiles that some groups give, by the settings of now: a group taken out of the map counts for nothing at once. */
export const holdingsOf = (
  config: Pick<Parts["config"], "staff">,
  groups: readonly string[],
  isFirst: boolean,
): StaffHolding[] => {
  if (isFirst) return everything;
  const given = config.staff.groups.filter((g) => groups.includes(g.group)).map((g) => g.holding);
  // The same profile for all products makes the narrower ones needless.
  return given.filter(
    (h, i) =>
      given.findIndex((o) => o.profile === h.profile && o.productId === h.productId) === i &&
      !(
        staffProfiles[h.profile].perProduct &&
        h.productId !== null &&
        given.some((o) => o.profile === h.profile && o.productId === null)
      ),
  );
};

/** Who of the staff is calling? One statement; the profiles follow from the groups of their last login. */
export const whoIsStaff =
  (parts: Pick<Parts, "config" | "cipher">): WhoIsStaff =>
  async (connection, { sessionHash, now }) => {
    const row = await store.sessionOf(connection, sessionHash);
    if (!row) return { caller: null, reason: "missing" };
    const idleSince = now.getTime() - row.last_seen_at.getTime();
    if (row.revoked || row.expires_at <= now || idleSince > parts.config.staff.idleMinutes * 60_000)
      return { caller: null, reason: "expired" };
    if (idleSince > 60_000) store.seen(connection, sessionHash, now);
    return {
      caller: {
        staffId: row.staff_id,
        name: parts.cipher.open(row.name),
        holdings: holdingsOf(parts.config, row.groups, row.is_first),
        session: { authenticatedAt: row.authenticated_at, expiresAt: row.expires_at },
      },
      reason: null,
    };
  };
