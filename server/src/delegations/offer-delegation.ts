import { ANSWER_DAYS, api, type Permission } from "@area/api";
import type { Context } from "../platform/pipeline.ts";
import { handle } from "../platform/pipeline.ts";
import { requireParties, requireScope, tell, type UnknownResources } from "./guards.ts";
import { factsOf, scopeFacts, shown } from "./shown.ts";
import * as store from "./store.ts";

type Offer = Context<typeof api.delegations.offer>;
type Body = {
  productId: string;
  permissions: Permission[];
  environment: "test" | "production" | "both";
  resources: string[] | null;
  aggregates: boolean;
  beginsAt: string | null;
  endsAt: string | null;
};
const date = (text: string | null) => (text === null ? null : new Date(text));

const propose = async (
  context: Pick<Offer, "db" | "connection" | "now" | "emit" | "audit" | "actor" | "fail">,
  sides: { institutionId: string; partnerId: string },
  body: Body,
  state: "offered" | "asked",
  unknownResources: UnknownResources,
) => {
  const { db, connection, now, emit, audit, actor, fail } = context;
  const { productId } = body;
  const [beginsAt, endsAt] = [date(body.beginsAt), date(body.endsAt)];
  await requireParties({ connection, fail }, { ...sides, productId, aggregates: body.aggregates });
  const scope = { permissions: body.permissions, resources: body.resources, beginsAt, endsAt };
  await requireScope(
    { db, connection, now, fail },
    { institutionId: sides.institutionId, productId },
    scope,
    unknownResources,
  );
  const id = await store.insertDelegation(db, {
    ...sides,
    productId,
    environment: body.environment,
    permissions: [...new Set(body.permissions)],
    resources: body.resources,
    aggregates: body.aggregates,
    state,
    beginsAt,
    endsAt,
    answerBy: new Date(now.getTime() + ANSWER_DAYS * 86_400_000),
    by: actor.personId,
    at: now,
  });
  if (!id) return fail("delegation-already-open");
  const row = (await store.delegationOf(connection, sides.institutionId, id))!;
  tell({ emit, audit }, `delegations.delegation.${state}`, { ...factsOf(row), ...scopeFacts(row) });
  return row;
};

/** An institution offers a delegation to a partner. */
export const offerDelegation = (unknownResources: UnknownResources) =>
  handle(api.delegations.offer, async ({ params, body }, context) => {
    const sides = { institutionId: params.institutionId, partnerId: body.partnerId };
    const row = await propose(context, sides, body, "offered", unknownResources);
    return shown(context, row, params.institutionId);
  });

/** A partner asks an institution for one. */
export const askDelegation = (unknownResources: UnknownResources) =>
  handle(api.delegations.ask, async ({ params, body }, context) => {
    const { connection, fail } = context;
    const institutionId = await store.institutionWith(connection, body.taxCode);
    if (!institutionId || !(await store.partyOn(connection, institutionId, body.productId)))
      return fail("delegation-institution-not-joined", { taxCode: body.taxCode });
    const row = await propose(
      context as never,
      { institutionId, partnerId: params.institutionId },
      body,
      "asked",
      unknownResources,
    );
    return shown(context, row, params.institutionId);
  });
