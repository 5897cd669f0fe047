import {
  delegable,
  delicatePermissions,
  type EventPayload,
  type EventType,
  type Permission,
  type ProblemFacts,
} from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import { publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

/** Things of an institution on a product that a delegation may be limited to: answers those that do not exist. */
export type UnknownResources = (
  connection: Connection,
  at: { institutionId: string; productId: string },
  resources: readonly string[],
) => Promise<string[]>;

type ScopeCode = "product-not-delegable" | "delegation-scope-unknown" | "delegation-delicate" | "dates-out-of-order";
type Refuse<C extends string> = (code: C, facts?: ProblemFacts) => never;
export type Scope = {
  permissions: readonly Permission[];
  resources: readonly string[] | null;
  beginsAt: Date | null;
  endsAt: Date | null;
};

/** A scope names only what exists and may be given; `held` is what the delegation has already, which may hold something delicate. */
export const requireScope = async (
  tx: { db: Db; connection: Connection; now: Date; fail: Refuse<ScopeCode> },
  at: { institutionId: string; productId: string },
  scope: Scope,
  unknownResources: UnknownResources,
  held: readonly Permission[] = [],
): Promise<void> => {
  const { db, connection, now, fail } = tx;
  const product = await publishedProduct(db, at.productId);
  if (!product?.configuration.delegable) return fail("product-not-delegable", { productId: at.productId });
  const may = delegable(at.productId);
  const strange = scope.permissions.find((p) => !may.includes(p));
  if (strange) return fail("delegation-scope-unknown", { why: "permission", permission: strange });
  // Where the portal configures nothing of a product, its own back office reads the delegation: no permission of ours to name.
  if (may.length > 0 && scope.permissions.length === 0) return fail("delegation-scope-unknown", { why: "empty" });
  const delicate = scope.permissions.find((p) => delicatePermissions.includes(p) && !held.includes(p));
  if (delicate) return fail("delegation-delicate", { permission: delicate });
  if (scope.resources) {
    const [unknown] = await unknownResources(connection, at, scope.resources);
    if (unknown !== undefined) return fail("delegation-scope-unknown", { why: "resource", resource: unknown });
  }
  const from = scope.beginsAt && scope.beginsAt > now ? scope.beginsAt : now;
  if (scope.endsAt && scope.endsAt <= from) return fail("dates-out-of-order");
};

type PartyCode = "product-not-active" | "delegation-own" | "delegation-partner-not-joined" | "delegation-cycle";
/** The two sides can stand in a delegation: both on the product, the partner as such, and nothing that comes back to where it left. */
export const requireParties = async (
  tx: { connection: Connection; fail: Refuse<PartyCode> },
  {
    institutionId,
    partnerId,
    productId,
    aggregates,
  }: { institutionId: string; partnerId: string; productId: string; aggregates: boolean },
): Promise<void> => {
  const { connection, fail } = tx;
  if (institutionId === partnerId) return fail("delegation-own");
  const delegator = await store.partyOn(connection, institutionId, productId);
  if (delegator?.state !== "active") return fail("product-not-active", { productId });
  const partner = await store.partyOn(connection, partnerId, productId);
  if (partner?.state !== "active" || partner.kind !== "PT")
    return fail("delegation-partner-not-joined", { ...(partner ? { partner: partner.name } : {}) });
  await store.lockProduct(connection, productId);
  if (await store.returns(connection, partnerId, institutionId, productId, aggregates))
    return fail("delegation-cycle", { partner: partner.name });
};

/** Is the institution a partner on this product, now? */
export const isPartnerOn = async (
  connection: Connection,
  institutionId: string,
  productId: string,
): Promise<boolean> => {
  const party = await store.partyOn(connection, institutionId, productId);
  return party?.state === "active" && party.kind === "PT";
};

/** One fact, told in the trails of both sides. It is announced once, as the delegator's. */
export const tell = <T extends EventType>(
  { emit, audit }: Pick<Recorder, "emit" | "audit">,
  type: T,
  payload: EventPayload<T> & { delegatorId: string; partnerId: string },
): void => {
  emit(type, payload, { institutionId: payload.delegatorId });
  audit(type, payload, { institutionId: payload.partnerId });
};
