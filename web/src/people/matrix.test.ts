import { type HeldMembership, isOfEachProduct, permissionCodes } from "@area/api";
import { expect, it } from "vitest";
import { cellOf, columnsOf } from "./matrix.ts";

const now = new Date("2026-11-28T10:00:00Z");
const held = (m: Partial<HeldMembership>): HeldMembership => ({
  id: "00000000-0000-4000-8000-000000000001",
  version: 1,
  productId: "pagopa",
  profile: "custom",
  profileId: null,
  profileName: "Solo IBAN",
  groupId: null,
  groupName: null,
  resources: null,
  permissions: ["pagopa:ibans:read"],
  state: "active",
  beginsAt: "2026-01-01T00:00:00Z",
  endsAt: null,
  givenBy: null,
  ...m,
});
const columns = columnsOf(["pagopa", "io", "send"]);
const ibans = columns.find((c) => c.area === "pagopa:ibans")!;

it("every permission has its column, once", () => {
  const own = permissionCodes.filter((p) => !isOfEachProduct(p));
  const each = permissionCodes.filter(isOfEachProduct);
  // pagoPA has permissions of its own; each of the other two has those of each product.
  expect(columns.flatMap((c) => c.permissions).sort()).toEqual([...own, ...each, ...each].sort());
  expect(new Set(columns.map((c) => `${c.productId} ${c.area}`)).size).toBe(columns.length);
});

it("a cell says the most that somebody may do there, and until when", () => {
  const read = held({});
  const until = "2026-12-04T22:59:59.000Z";
  const write = held({ profile: "granted", permissions: ["pagopa:ibans:write"], endsAt: until });
  expect(cellOf([read], ibans, now)).toEqual({ what: "read", until: null, ways: [read] });
  expect(cellOf([read, write], ibans, now)).toEqual({ what: "write", until, ways: [write] });
  // What lasts wins over what ends.
  const lasting = held({ permissions: ["pagopa:ibans:write"] });
  expect(cellOf([write, lasting], ibans, now).until).toBeNull();
});

it("nothing that is suspended, over, not begun, or of another product", () => {
  for (const m of [
    held({ state: "suspended" }),
    held({ endsAt: now.toISOString() }),
    held({ beginsAt: "2026-11-28T10:00:00.001Z" }),
    held({ permissions: [] }),
    held({ productId: "institution" }),
  ])
    expect(cellOf([m], ibans, now).what).toBe("none");
});

it("what is held on one product counts on that one alone", () => {
  const at = (productId: string) => columns.find((c) => c.area === "product:settings" && c.productId === productId)!;
  const set = held({ productId: "io", permissions: ["product:settings:write"] });
  expect(cellOf([set], at("io"), now).what).toBe("write");
  expect(cellOf([set], at("send"), now).what).toBe("none");
});
