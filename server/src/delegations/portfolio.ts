import {
  api,
  delicatePermissions,
  type ManagedInstitution,
  type Mandate,
  type PortfolioBlock,
  portfolioBlocks,
} from "@area/api";
import { day } from "@area/words";
import { z } from "zod";
import { csv } from "../people/index.ts";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Connection } from "../platform/database/connection.ts";
import { handle, handleAhead } from "../platform/pipeline.ts";
import { aggregatesOf, mandateOf, standsInTheWay, throughAggregator } from "./mandate-store.ts";
import {
  mandatesOf,
  type PortfolioFilter,
  type PortfolioKey,
  type PortfolioRow,
  portfolioOf,
  summaryOf,
} from "./portfolio-store.ts";
import { expiringUntil, titleOf } from "./shown.ts";

const Key = z.object({
  word: z.string().max(60),
  due: z
    .string()
    .max(40)
    .regex(/^(infinity|\d{4}-[\d :.+-]+)?$/),
  name: z.string().max(1000),
  id: z.uuid(),
});
const keyOf = (r: PortfolioRow): PortfolioKey => ({
  word: r.word,
  due: r.due_key ?? "",
  name: r.name,
  id: r.delegation_id,
});
const findingsIn = (findings: PortfolioRow["findings"]) =>
  findings.map((f) => ({
    kind: f.kind,
    severity: f.severity,
    environment: f.environment,
    dueAt: f.dueAt ? new Date(f.dueAt).toISOString() : null,
  }));

const shownRow = (r: PortfolioRow): ManagedInstitution => ({
  delegationId: r.delegation_id,
  institution: { id: r.institution_id, name: r.name, taxCode: r.tax_code, ipaCode: r.ipa_code, city: r.city },
  productId: r.product_id,
  environment: r.environment,
  state: r.state,
  beginsAt: r.begins_at?.toISOString() ?? null,
  endsAt: r.ends_at?.toISOString() ?? null,
  dueAt: r.due_at?.toISOString() ?? null,
  blocks: r.blocks,
  findings: findingsIn(r.findings),
  servedBy: r.served_by,
});

const PAGE = 500;
const MOST = 20_000;
const states: Record<string, string> = {
  offered: "Offerta, da accettare",
  asked: "Chiesta, in attesa dell’ente",
  active: "Attiva",
  suspended: "Sospesa",
  refused: "Rifiutata",
  withdrawn: "Ritirata",
  revoked: "Revocata",
  expired: "Scaduta",
};
const blockNames: Record<PortfolioBlock, string> = {
  "to-accept": "da accettare",
  waiting: "in attesa dell’ente",
  suspended: "sospesa",
  expiring: "delega in scadenza",
  unassigned: "nessuno assegnato",
  finding: "cose da fare",
};
/** Every row of the filter, page after page. */
async function* everyRow(connection: Connection, partnerId: string, filter: PortfolioFilter, now: Date) {
  let after: PortfolioKey | null = null;
  for (let seen = 0; seen < MOST; seen += PAGE) {
    const rows: PortfolioRow[] = await portfolioOf(connection, partnerId, {
      ...filter,
      after,
      limit: PAGE,
      now,
      soon: expiringUntil(now),
    });
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = keyOf(last);
  }
}

export const portfolio = {
  received: handleAhead(api.delegations.received, async ({ params, query }, { connection, now }) => {
    const { cursor, limit, ...filter } = query;
    const rows = await portfolioOf(connection, params.institutionId, {
      ...filter,
      after: keyIn(cursor, Key),
      limit: limit + 1,
      now,
      soon: expiringUntil(now),
    });
    return pageOf(rows, limit, shownRow, keyOf);
  }),

  summary: handleAhead(api.delegations.summary, async ({ params, query }, { connection, now }) => {
    const told = await summaryOf(connection, params.institutionId, {
      productId: query.productId ?? null,
      now,
      soon: expiringUntil(now),
    });
    return {
      open: told.open,
      fine: told.fine,
      blocks: portfolioBlocks.map((block) => ({ block, count: told[block] })),
      findings: told.findings,
    };
  }),

  exportReceived: handle(api.delegations.exportReceived, async ({ params, query }, { connection, now }) => {
    const rows: string[][] = [
      [
        "Ente",
        "Codice fiscale",
        "Codice IPA",
        "Prodotto",
        "Ambiente",
        "Stato",
        "Dal",
        "Al",
        "Entro",
        "Che cosa lo ferma",
        "Chi lo segue",
      ],
    ];
    for await (const r of everyRow(connection, params.institutionId, query, now))
      rows.push([
        r.name,
        r.tax_code,
        r.ipa_code ?? "",
        r.product_id,
        { test: "Collaudo", production: "Produzione", both: "Collaudo e Produzione" }[r.environment],
        states[r.state] ?? r.state,
        r.begins_at ? day("it", r.begins_at) : "",
        r.ends_at ? day("it", r.ends_at) : "",
        r.due_at ? day("it", r.due_at) : "",
        [...r.blocks.filter((b) => b !== "finding").map((b) => blockNames[b]), ...r.findings.map((f) => f.kind)].join(
          ", ",
        ),
        r.served_by.map((s) => (s === "*" ? "tutti" : s)).join(", "),
      ]);
    const bytes = Buffer.from(csv(rows), "utf8");
    return { name: "enti-gestiti.csv", mediaType: "text/csv", bytes, length: bytes.length };
  }),
};

const NameAndId = Key.pick({ name: true, id: true });
const MandateKey = Key.pick({ word: true, name: true, id: true });
export const mandates = {
  list: handle(api.delegations.mandates.list, async ({ query }, { connection, now }) => {
    const rows = await mandatesOf(connection, {
      search: query.search,
      after: keyIn(query.cursor, MandateKey),
      limit: query.limit + 1,
      now,
    });
    return pageOf(
      rows,
      query.limit,
      (r) => ({
        delegationId: r.id,
        institution: { id: r.institution_id, name: r.name, taxCode: r.tax_code, city: r.city },
        partner: { id: r.partner_id, name: r.partner_name },
        productId: r.product_id,
        environment: r.environment,
        state: r.state,
        permissions: r.permissions as Mandate["permissions"],
        beginsAt: r.begins_at?.toISOString() ?? null,
        endsAt: r.ends_at?.toISOString() ?? null,
        findings: findingsIn(r.findings),
      }),
      (r) => ({ word: r.word, name: r.name, id: r.id }),
    );
  }),

  read: handle(
    api.delegations.mandates.read,
    async ({ params, query }, { db, connection, actor, now, enter, fail }) => {
      // Two institutions are looked at, neither of which one need belong to as such: the delegation says whether one may know.
      enter({ purpose: "system" });
      const row = await mandateOf(connection, actor.personId, params.delegationId, now, query.institutionId ?? null);
      if (!row?.of_partner) return fail("delegation-unknown");
      const aggregateId =
        query.institutionId && query.institutionId !== row.institution_id ? query.institutionId : null;
      if (aggregateId && (row.aggregate_name === null || !row.aggregates)) return fail("delegation-unknown");
      const way = standsInTheWay(row, now);
      if (way) return fail(way.code as "mandate-not-active", way.facts);
      const permissions = (row.permissions as Mandate["permissions"]).filter(
        (p) => aggregateId === null || !delicatePermissions.includes(p),
      );
      return {
        delegationId: row.delegation_id,
        institution: {
          id: aggregateId ?? row.institution_id,
          name: (aggregateId && row.aggregate_name) || row.institution_name,
          taxCode: row.tax_code,
          city: row.city,
        },
        aggregates: row.aggregates,
        through: aggregateId ? { id: row.institution_id, name: row.institution_name } : null,
        partner: { id: row.partner_id, name: row.partner_name },
        productId: row.product_id,
        productTitle: await titleOf(db, row.product_id),
        environment: row.environment,
        state: "active" as const,
        permissions,
        held: permissions.filter((p) => row.held.includes(p)),
        resources: row.resources,
        beginsAt: row.begins_at?.toISOString() ?? null,
        endsAt: row.ends_at?.toISOString() ?? null,
        findings: findingsIn(row.findings as PortfolioRow["findings"]),
      };
    },
  ),

  aggregates: handle(
    api.delegations.mandates.aggregates,
    async ({ params, query }, { connection, actor, now, enter, fail }) => {
      enter({ purpose: "system" });
      const row = await mandateOf(connection, actor.personId, params.delegationId, now);
      if (!row?.of_partner) return fail("delegation-unknown");
      const way = standsInTheWay(row, now);
      if (way) return fail(way.code as "mandate-not-active", way.facts);
      const rows = row.aggregates
        ? await aggregatesOf(
            connection,
            { aggregatorId: row.institution_id, partnerId: row.partner_id, productId: row.product_id },
            {
              search: query.search?.trim().replace(/[%_\\]/g, "\\$&") || null,
              after: keyIn(query.cursor, NameAndId),
              limit: query.limit + 1,
            },
          )
        : [];
      return pageOf(
        rows,
        query.limit,
        (r) => ({ id: r.id, name: r.name, taxCode: r.tax_code, city: r.city }),
        (r) => ({ name: r.name, id: r.id }),
      );
    },
  ),
};

/** Who acts for an institution because its aggregator delegated them. */
export const throughAggregators = handle(
  api.delegations.throughAggregator,
  async ({ params, query }, { db, connection, enter }) => {
    // The aggregator's delegation is not the institution's to read, but that it holds for the institution is.
    enter({ purpose: "system" });
    const rows = await throughAggregator(connection, params.institutionId, {
      after: keyIn(query.cursor, NameAndId),
      limit: query.limit + 1,
    });
    const titles = new Map<string, string>();
    for (const { product_id: id } of rows) if (!titles.has(id)) titles.set(id, await titleOf(db, id));
    return pageOf(
      rows,
      query.limit,
      (r) => ({
        delegationId: r.delegation_id,
        aggregator: { id: r.aggregator_id, name: r.aggregator_name, taxCode: r.aggregator_tax_code },
        partner: { id: r.partner_id, name: r.partner_name, taxCode: r.partner_tax_code },
        productId: r.product_id,
        productTitle: titles.get(r.product_id)!,
        permissions: r.permissions,
        environment: r.environment,
        state: r.state,
        beginsAt: r.begins_at?.toISOString() ?? null,
        endsAt: r.ends_at?.toISOString() ?? null,
      }),
      (r) => ({ name: r.partner_name, id: r.delegation_id }),
    );
  },
);
