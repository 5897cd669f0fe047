import { createHash } from "node:crypto";
import { type AuditLine, api, type StaffPurpose } from "@area/api";
import { z } from "zod";
import { partnerNames } from "../delegations/index.ts";
import { csv } from "../people/index.ts";
import type { Schedule } from "../platform/act.ts";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Database, Db } from "../platform/database/transaction.ts";
import { handle, handleAhead } from "../platform/pipeline.ts";
import type { AuditActor } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { staffNames } from "../staff/index.ts";
import { tellMonth } from "./monthly.ts";
import * as store from "./store.ts";

/** The person a fact is about, when it names one. */
const subjectOf = (told: Body): string[] =>
  typeof told.facts["personId"] === "string" ? [told.facts["personId"]] : [];

const staffSubjectOf = (told: Body): string[] =>
  typeof told.facts["staffId"] === "string" ? [told.facts["staffId"]] : [];

type Names = Map<string, string>;
type Body = { actor: AuditActor; facts: Record<string, unknown> };

type Asked = { cursor?: string | undefined; limit: number };
type Line = Awaited<ReturnType<typeof store.linesOf>>[number];
/** Lines as they are told. Names of the staff are for the staff alone: to an institution they are the company. */
const told = async (
  db: Db,
  rows: readonly Line[],
  staffIn: (ids: string[]) => Promise<Names>,
): Promise<AuditLine[]> => {
  const lines = rows.map((l) => ({ ...l, told: JSON.parse(l.body) as Body }));
  const people = new Set(lines.flatMap((l) => subjectOf(l.told)));
  const members = new Set(lines.flatMap((l) => staffSubjectOf(l.told)));
  const delegations = new Set<string>();
  for (const { actor } of lines.map((l) => l.told)) {
    if (actor.kind === "person") people.add(actor.personId);
    if (actor.kind === "person" && actor.mandate?.delegationId) delegations.add(actor.mandate.delegationId);
    if (actor.kind === "staff") members.add(actor.staffId);
  }
  const names = await store.namesOf(db, [...people]);
  const staff = await staffIn([...members]);
  const partners = await partnerNames(db, [...delegations]);
  const nameOf = (actor: AuditActor): string | null =>
    (actor.kind === "person"
      ? names.get(actor.personId)
      : actor.kind === "staff"
        ? staff.get(actor.staffId)
        : undefined) ?? null;
  return lines.map((l) => {
    const { actor } = l.told;
    return {
      sequence: l.sequence,
      at: l.at.toISOString(),
      action: l.action,
      outcome: l.outcome as "done" | "refused",
      actor: {
        kind: actor.kind === "nobody" ? ("system" as const) : actor.kind,
        name: nameOf(actor),
        partner: (actor.kind === "person" && partners.get(actor.mandate?.delegationId ?? "")) || null,
        purpose: actor.kind === "staff" ? (actor.purpose as StaffPurpose | null) : null,
      },
      subject: names.get(subjectOf(l.told)[0] ?? "") ?? staff.get(staffSubjectOf(l.told)[0] ?? "") ?? null,
      facts: l.told.facts,
      digest: Buffer.from(l.digest).toString("hex"),
    };
  });
};
/** A page of lines that were read one too many. */
const pageIn = async (db: Db, rows: readonly Line[], limit: number, staffIn: (ids: string[]) => Promise<Names>) =>
  pageOf(
    await told(db, rows, staffIn),
    limit,
    (l) => l,
    (l) => l.sequence,
  );
/** A page of a chain, the latest first. */
const pageOfChain = async (db: Db, chain: string, query: Asked, staffIn: (ids: string[]) => Promise<Names>) =>
  pageIn(
    db,
    await store.linesOf(db, chain, { before: keyIn(query.cursor, z.number().int()), limit: query.limit + 1 }),
    query.limit,
    staffIn,
  );
const noNames = async (): Promise<Names> => new Map();

const PAGE = 500;
const MOST = 20_000;
const PartnerKey = z.object({ at: z.iso.datetime(), chain: z.uuid(), sequence: z.number().int() });
/** What partners did in the name of an institution, as it reads it. */
const delegatedActs = {
  delegated: handleAhead(api.audit.delegated, async ({ params, query }, { db }) => {
    const { cursor, limit, ...filter } = query;
    const before = keyIn(cursor, z.number().int());
    return pageIn(
      db,
      await store.delegatedOf(db, params.institutionId, { ...filter, before, limit: limit + 1 }),
      limit,
      noNames,
    );
  }),
  asPartner: handleAhead(api.audit.asPartner, async ({ params, query }, { db, connection }) => {
    const rows = await store.actsOfPartner(connection, params.institutionId, {
      outcome: query.outcome ?? null,
      from: query.from ?? null,
      to: query.to ?? null,
      before: keyIn(query.cursor, PartnerKey),
      limit: query.limit + 1,
    });
    const lines = await told(db, rows, noNames);
    return pageOf(
      rows.map((row, i) => ({ row, line: lines[i]! })),
      query.limit,
      ({ row, line }) => ({ ...line, institution: { id: row.institution_id, name: row.institution_name } }),
      ({ row }) => ({ at: row.at.toISOString(), chain: row.chain, sequence: row.sequence }),
    );
  }),
  exportDelegated: handle(api.audit.exportDelegated, async ({ params, query }, { db }) => {
    const rows: string[][] = [["Riga", "Quando", "Persona", "Partner", "Atto", "Esito", "Dati", "Impronta"]];
    let before: number | null = null;
    for (let seen = 0; seen < MOST; seen += PAGE) {
      const page = await store.delegatedOf(db, params.institutionId, { ...query, before, limit: PAGE });
      for (const l of await told(db, page, noNames))
        rows.push([
          String(l.sequence),
          l.at,
          l.actor.name ?? "",
          l.actor.partner ?? "",
          l.action,
          l.outcome === "done" ? "fatto" : "rifiutato",
          JSON.stringify(l.facts),
          l.digest,
        ]);
      const last = page.at(-1);
      if (page.length < PAGE || !last) break;
      before = last.sequence;
    }
    const bytes = Buffer.from(csv(rows), "utf8");
    return { name: "atti-per-delega.csv", mediaType: "text/csv", bytes, length: bytes.length };
  }),
};

export const audit = (parts: Parts) => ({
  handlers: {
    trail: handleAhead(api.audit.trail, async ({ params, query }, { db }) =>
      pageOfChain(db, params.institutionId, query, noNames),
    ),
    ...delegatedActs,
    ofPortal: handle(api.audit.ofPortal, async ({ query }, { db }) =>
      pageOfChain(db, "portal", query, (ids) => staffNames(parts, db, ids)),
    ),
    ofInstitutionByStaff: handle(api.audit.ofInstitutionByStaff, async ({ params, query }, { db, fail }) => {
      if (!(await store.headOf(db, params.institutionId))) return fail("institution-unknown");
      return pageOfChain(db, params.institutionId, query, (ids) => staffNames(parts, db, ids));
    }),
  },
  schedules: {
    /** On the first days of a month, the month before: asked often, sent once. */
    "audit:monthly": { everyMinutes: 360, run: (now) => tellMonth(parts, now) } satisfies Schedule,
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
