import { createHash } from "node:crypto";
import { api } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Database } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { AuditActor } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

/** The person a fact is about, when it names one. */
const subjectOf = (told: Body): string[] =>
  typeof told.facts["personId"] === "string" ? [told.facts["personId"]] : [];

type Body = { actor: AuditActor; facts: Record<string, unknown> };

export const audit = (_parts: Parts) => ({
  handlers: {
    trail: handle(api.audit.trail, async ({ params, query }, { db }) => {
      const lines = (
        await store.linesOf(db, params.institutionId, {
          before: keyIn(query.cursor, z.number().int()),
          limit: query.limit + 1,
        })
      ).map((l) => ({ ...l, told: JSON.parse(l.body) as Body }));
      const names = await store.namesOf(db, [
        ...new Set(
          lines.flatMap((l) => [
            ...(l.told.actor.kind === "person" ? [l.told.actor.personId] : []),
            ...subjectOf(l.told),
          ]),
        ),
      ]);
      return pageOf(
        lines,
        query.limit,
        (l) => ({
          sequence: l.sequence,
          at: l.at.toISOString(),
          action: l.action,
          outcome: l.outcome as "done" | "refused",
          actor: {
            kind: l.told.actor.kind === "nobody" ? ("system" as const) : l.told.actor.kind,
            // To an institution the staff are the company: who of them it was stands in the line, for the auditor.
            name: l.told.actor.kind === "person" ? (names.get(l.told.actor.personId) ?? null) : null,
          },
          subject: names.get(subjectOf(l.told)[0] ?? "") ?? null,
          facts: l.told.facts,
          digest: Buffer.from(l.digest).toString("hex"),
        }),
        (l) => l.sequence,
      );
    }),
  },
});

/** Walks a chain from its first line: every digest must follow from the line and the one before, and end at the head. */
export const verifyChain = async (
  database: Database,
  chain: string,
): Promise<{ lines: number; whole: boolean; brokenAt: number | null }> => {
  let digest = Buffer.alloc(0);
  let sequence = 0;
  for (;;) {
    const page = await database.asSystem(({ db }) => store.chainOf(db, chain, sequence, 1000));
    for (const line of page) {
      const wanted = createHash("sha256")
        .update(digest)
        .update(`${sequence + 1}\n${line.body}`, "utf8")
        .digest();
      if (line.sequence !== sequence + 1 || !digest.equals(line.previous_digest) || !wanted.equals(line.digest))
        return { lines: sequence, whole: false, brokenAt: sequence + 1 };
      digest = wanted;
      sequence = line.sequence;
    }
    if (page.length < 1000) break;
  }
  const head = await database.asSystem(({ db }) => store.headOf(db, chain));
  const whole = head ? head.sequence === sequence && digest.equals(head.digest) : sequence === 0;
  return { lines: sequence, whole, brokenAt: whole ? null : sequence + 1 };
};
