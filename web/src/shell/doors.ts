import type { Permission } from "@area/api";
import { type MyMembership, mayI } from "../kit/May.tsx";

type Door = { to: string; name: string; icon: string; permission: Permission };

/** What an institution does for itself. */
export const doors = [
  // Of partners alone: for whom they act.
  {
    to: "/enti/$institutionId/enti-gestiti",
    name: "managed",
    icon: "list",
    permission: "institution:delegations:read",
  },
  { to: "/enti/$institutionId", name: "overview", icon: "home", permission: "institution:overview:read" },
  { to: "/enti/$institutionId/ente", name: "institution", icon: "bank", permission: "institution:overview:read" },
  { to: "/enti/$institutionId/utenti", name: "people", icon: "people", permission: "institution:people:read" },
  { to: "/enti/$institutionId/permessi", name: "permissions", icon: "grid", permission: "institution:people:read" },
  { to: "/enti/$institutionId/profili", name: "profiles", icon: "key", permission: "institution:people:read" },
  { to: "/enti/$institutionId/deleghe", name: "delegations", icon: "swap", permission: "institution:delegations:read" },
  { to: "/enti/$institutionId/documenti", name: "agreements", icon: "doc", permission: "institution:agreements:read" },
  {
    to: "/enti/$institutionId/approvazioni",
    name: "proposals",
    icon: "check",
    permission: "institution:proposals:read",
  },
  { to: "/enti/$institutionId/storia", name: "audit", icon: "clock", permission: "institution:audit-trail:read" },
] as const satisfies readonly Door[];

/** What is configured on pagoPA, in an environment. */
export const pagopaDoors = [
  {
    to: "/enti/$institutionId/pagopa/$ambiente/registrazione",
    name: "registration",
    icon: "list",
    permission: "pagopa:registration:read",
  },
  {
    to: "/enti/$institutionId/pagopa/$ambiente/stazioni",
    name: "stations",
    icon: "server",
    permission: "pagopa:stations:read",
  },
  { to: "/enti/$institutionId/pagopa/$ambiente/iban", name: "ibans", icon: "bank", permission: "pagopa:ibans:read" },
] as const satisfies readonly Door[];

/** The first page that opens to somebody: who holds one product only does not begin with a refusal. */
export const firstDoor = (memberships: readonly MyMembership[]) =>
  [...doors, ...pagopaDoors].find((door) => door.name !== "managed" && mayI(memberships, door.permission));

/** The products on which somebody holds something. */
export const productsOf = (memberships: readonly MyMembership[]): string[] => [
  ...new Set(
    memberships.filter((m) => m.permissions.length > 0 && m.productId !== "institution").map((m) => m.productId),
  ),
];
