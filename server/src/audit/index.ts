import { createHash } from "node:crypto";
import { api, type StaffPurpose } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Database, Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { AuditActor } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { staffNames } from "../staff/index.ts";
import * as store from "./store.ts";

/** The person a fact is about, when it names one. */
const subjectOf = (told: Body): string[] =>
  typeof told.facts["personId"] === "string" ? [told.facts["personId"]] : [];

const staffSubjectOf = (told: Body): string[] =>
  typeof told.facts["staffId"] === "string" ? [told.facts["staffId"]] : [];

type Names = Map<string, string>;
type Body = { actor: AuditActor; facts: Record<string, unknown> };

type Asked = { cursor?: string | undefined; limit: number };
/** A page of a chain, the latest first. Names of the staff are for the staff alone: to an institution they are the company. */
const pageOfChain = async (db: Db, chain: string, query: Asked, staffIn: (ids: string[]) => Promise<Names>) => {
  const lines = (
    await store.linesOf(db, chain, { before: keyIn(query.cursor, z.number().int()), limit: query.limit + 1 })
  ).map((l) => ({ ...l, told: JSON.parse(l.body) as Body }));
  const people = new Set(lines.flatMap(({ told }) => subjectOf(told)));
  const members = new Set(lines.flatMap(({ told }) => staffSubjectOf(told)));
  for (const { actor } of lines.map((l) => l.told)) {
    if (actor.kind === "person") people.add(actor.personId);
    if (actor.kind === "staff") members.add(actor.staffId);
  }
  const [names, staff] = [await store.namesOf(db, [...people]), await staffIn([...members])];
  const nameOf = (actor: AuditActor): string | null =>
    (actor.kind === "person"
      ? names.get(actor.personId)
      : actor.kind === "staff"
        ? staff.get(actor.staffId)
        : undefined) ?? null;
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
        name: nameOf(l.told.actor),
        purpose: l.told.actor.kind === "staff" ? (l.told.actor.purpose as StaffPurpose | null) : null,
      },
      subject: names.get(subjectOf(l.told)[0] ?? "") ?? staff.get(staffSubjectOf(l.told)[0] ?? "") ?? null,
      facts: l.told.facts,
      digest: Buffer.from(l.digest).toString("hex"),
    }),
    (l) => l.sequence,
  );
};
const noNames = async (): Promise<Names> => new Map();

export const audit = (parts: Parts) => ({
  handlers: {
    trail: handle(api.audit.trail, async ({ params, query }, { db }) =>
      pageOfChain(db, params.institutionId, query, noNames),
    ),
    ofPortal: handle(api.audit.ofPortal, async ({ query }, { db }) =>
      pageOfChain(db, "portal", query, (ids) => staffNames(parts, db, ids)),
    ),
    ofInstitutionByStaff: handle(api.audit.ofInstitutionByStaff, async ({ params, query }, { db, fail }) => {
      if (!(await store.headOf(db, params.institutionId))) return fail("institution-unknown");
      return pageOfChain(db, params.institutionId, query, (ids) => staffNames(parts, db, ids));
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
