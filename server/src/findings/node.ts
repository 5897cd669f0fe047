import { type Environment, type EventPayload, type EventType, environments } from "@area/api";
import { delegatorsOf, stateOf } from "../delegations/index.ts";
import { nodeStanding, stationToCorrect } from "../pagopa/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { settle, type Tx } from "./delegations.ts";

/** What the node asks of an institution, for whoever of the two sides may do it. What holds now decides, not the fact. */
const ofInstitution = async (tx: Tx, institutionId: string, environment: Environment, partner?: string) => {
  const node = await nodeStanding(tx.connection, { institutionId, environment }, tx.now);
  // Told where a partner that is on the node waits for it; once told, it stays until it is done.
  if (partner !== undefined || node.registered)
    await settle(tx, !node.registered, {
      institutionId,
      kind: "registration-missing",
      severity: "attention",
      productId: "pagopa",
      subject: environment,
      facts: { environment, ...(partner ? { partner } : {}) },
    });
  await settle(tx, node.through !== null && !node.associated, {
    institutionId,
    kind: "association-missing",
    severity: "progress",
    productId: "pagopa",
    subject: environment,
    facts: { environment, partner: node.through ?? "" },
  });
};

export const nodeFindings = (parts: Parts) => {
  const by = { kind: "system", name: "findings" } as const;
  const reaction = (on: readonly EventType[], react: Reaction["react"]): Reaction => ({ on, react });
  return {
    reactions: {
      "findings:node": reaction(
        [
          "delegations.delegation.accepted",
          "pagopa.registration.registered",
          "pagopa.registration.changed",
          "pagopa.association.made",
          "pagopa.association.ended",
          "pagopa.association.refused",
        ],
        async (fact) => {
          const institutionId = fact.institutionId!;
          const trace = { traceId: fact.traceId };
          if (fact.type === "delegations.delegation.accepted") {
            const f = fact.payload as EventPayload<"delegations.delegation.accepted">;
            if (f.productId !== "pagopa") return;
            await parts.act(
              by,
              async (tx) => {
                const d = await stateOf(tx.db, f.delegationId);
                if (d?.state !== "active") return;
                for (const environment of environments) {
                  if (d.environment !== "both" && d.environment !== environment) continue;
                  const broker = await nodeStanding(
                    tx.connection,
                    { institutionId: d.partner_id, environment },
                    tx.now,
                  );
                  if (broker.brokers) await ofInstitution(tx, institutionId, environment, d.partner_name);
                }
              },
              trace,
            );
            return;
          }
          const { environment } = fact.payload as { environment: Environment };
          await parts.act(by, (tx) => ofInstitution(tx, institutionId, environment), trace);
          // A partner that comes to the node tells those who delegated it, one by one.
          if (fact.type !== "pagopa.registration.registered") return;
          if ((fact.payload as EventPayload<"pagopa.registration.registered">).capacity !== "technology-partner")
            return;
          for (let after: string | null = null; ; ) {
            const page = await parts.database.asSystem(({ db }) =>
              delegatorsOf(db, institutionId, "pagopa", environment, after, 200),
            );
            for (const d of page)
              await parts.act(by, (tx) => ofInstitution(tx, d.institution_id, environment, d.partner_name), trace);
            if (page.length < 200) return;
            after = page.at(-1)!.delegation_id;
          }
        },
      ),
      /** What the reviewers sent back waits for whoever runs the station. */
      "findings:station": reaction(
        [
          "pagopa.station.changes-requested",
          "pagopa.station.change-proposed",
          "pagopa.station.change-approved",
          "pagopa.station.change-refused",
          "pagopa.station.change-withdrawn",
          "pagopa.station.retired",
        ],
        async (fact) =>
          parts.act(
            by,
            async (tx) => {
              const f = fact.payload as EventPayload<"pagopa.station.retired">;
              const note = await stationToCorrect(tx.connection, f.stationId);
              await settle(tx, note !== null, {
                institutionId: fact.institutionId!,
                kind: "station-to-correct",
                severity: "attention",
                productId: "pagopa",
                subject: f.stationId,
                facts: { environment: f.environment, stationCode: f.stationCode, note: note ?? "" },
              });
            },
            { traceId: fact.traceId },
          ),
      ),
    },
  };
};
