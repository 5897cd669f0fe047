import { createHash } from "node:crypto";
import { type AnyEndpoint, api, type Permission, PROPOSAL_DAYS, productOf } from "@area/api";
import type { Answer, Handler } from "../platform/pipeline.ts";
import { handle } from "../platform/pipeline.ts";
import { canonical } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { type Kept, type Outcome, shown } from "./shown.ts";
import * as store from "./store.ts";

/** The verbs that may be proposed, by the dotted name of their endpoint: those whose endpoint says `secondPerson`. */
export type Proposable = ReadonlyMap<string, Handler>;

export const digestOf = (endpoint: string, kept: Kept): Buffer =>
  createHash("sha256")
    .update(canonical([endpoint, kept]))
    .digest();

export const productOfEndpoint = (endpoint: AnyEndpoint): string => productOf(endpoint.needs as Permission);

/** Tries a verb as who proposes it, and keeps it for a second person. What would be refused is refused now. */
export const propose = (parts: Parts, proposable: () => Proposable) =>
  handle(api.proposals.propose, {
    prepare: async ({ params, body }, { fail, rehearse }): Promise<{ handler: Handler; kept: Kept; tried: Answer }> => {
      const handler = proposable().get(body.endpoint);
      if (!handler) return fail("proposal-not-possible", { endpoint: body.endpoint });
      const kept: Kept = {
        // The institution is the one of the path, whatever was written inside.
        params: { ...body.params, institutionId: params.institutionId },
        query: { ...body.query },
        ...(body.body === undefined ? {} : { body: body.body }),
        ...(body.version === undefined ? {} : { version: body.version }),
      };
      const tried = await rehearse(handler, {
        params: kept.params,
        query: kept.query,
        body: kept.body,
        ...(kept.version === undefined ? {} : { ifMatch: `"${kept.version}"` }),
      });
      return { handler, kept, tried };
    },
    run: async ({ params, body }, { db, connection, actor, now, emit }, { handler, kept, tried }) => {
      const outcome = { announced: tried.announced ?? [] } as Outcome;
      const environment = kept.query["environment"];
      const proposalId = await store.insertProposal(db, {
        institutionId: params.institutionId,
        endpoint: body.endpoint,
        productId: productOfEndpoint(handler.endpoint),
        environment: typeof environment === "string" ? environment : null,
        input: parts.cipher.seal(JSON.stringify(kept)),
        digest: digestOf(body.endpoint, kept),
        outcome: parts.cipher.seal(JSON.stringify(outcome)),
        reason: body.reason ?? null,
        by: actor.personId,
        at: now,
        expiresAt: new Date(now.getTime() + PROPOSAL_DAYS * 86_400_000),
      });
      emit(
        "proposals.proposal.opened",
        { proposalId, endpoint: body.endpoint },
        { institutionId: params.institutionId },
      );
      return shown(parts.cipher, (await store.proposalOf(connection, params.institutionId, proposalId))!, actor);
    },
  });
