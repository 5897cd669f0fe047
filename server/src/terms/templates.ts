import { randomUUID } from "node:crypto";
import { type AgreementText, type acceptanceStates, api, type ParagraphChange } from "@area/api";
import { day } from "@area/words";
import type { z } from "zod";
import { AgreementTemplate, differenceOf, publishTemplate } from "../agreements/index.ts";
import { csv } from "../people/index.ts";
import { keyIn, NameAndId, pageOf } from "../platform/cursor.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import { canonical } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { publish, publishedProducts } from "../products/index.ts";
import { staffNames } from "../staff/index.ts";
import { concerned, productsUsing } from "./asking.ts";
import { titlesOf } from "./shown.ts";
import * as store from "./store.ts";

type Tx = { db: Db; connection: Connection };
/** More than there are bodies in IndicePA. */
const MOST_ROWS = 60_000;

const nextOf = (version: string): string => {
  const [major = "1", minor = "0"] = version.split(".");
  return `${major}.${Number(minor) + 1}.0`;
};

/** The places that a text leaves for data: a new version may use those of the ones before, and no others. */
const placesIn = (content: unknown): Set<string> =>
  new Set([...JSON.stringify(content).matchAll(/\{\{([a-zA-Z.]+)\}\}/g)].map((m) => m[1]!));

/** The texts of agreements, edited in the portal: tried, proposed by one, published by another, never changed after. */
export const templates = (parts: Parts) => {
  const a = api.terms.templates;
  const termsOf = (p: { summary: string; way: string; days: number; reminder_days: unknown; overdue: string }) => ({
    summary: p.summary,
    way: p.way as "online",
    days: p.days,
    reminderDays: p.reminder_days as number[],
    overdue: p.overdue as "stays",
  });
  const readText = (content: unknown) => AgreementTemplate.parse(content);

  const shown = async (tx: Tx, templateId: string, me: string): Promise<z.input<typeof AgreementText>> => {
    const { db } = tx;
    const versions = await store.versionsOf(db, templateId);
    const latest = versions[0]!;
    const open = await store.openProposal(db, templateId);
    const past = await store.pastProposals(db, templateId);
    const names = await staffNames(parts, db, [
      ...new Set(
        [...past, ...(open ? [open] : [])].flatMap((p) => [p.proposed_by, ...(p.answered_by ? [p.answered_by] : [])]),
      ),
    ]);
    const person = (id: string) => ({ id, name: names.get(id) ?? "", me: id === me });
    const textOf = (version: string) => versions.find((v) => v.version === version)?.content;
    const proposal = (p: store.Proposal) => ({
      ...termsOf(p),
      id: p.id,
      baseVersion: p.base_version,
      version: p.version,
      content: p.content as Record<string, unknown>,
      reason: p.reason,
      state: p.state as "open",
      proposedBy: person(p.proposed_by),
      proposedAt: p.proposed_at.toISOString(),
      answeredBy: p.answered_by ? person(p.answered_by) : null,
      answeredAt: p.answered_at?.toISOString() ?? null,
      note: p.note,
      difference: differenceOf(readText(textOf(p.base_version) ?? latest.content), readText(p.content)),
    });
    const publications = new Map((await store.publicationsOf(db, templateId)).map((p) => [p.version, p]));
    const counted = await store.counts(db, templateId);
    const count = (version: string, state: string) =>
      counted.find((c) => c.version === version && c.state === state)?.n ?? 0;
    return {
      id: templateId,
      title: readText(latest.content).title,
      version: latest.version,
      content: latest.content as Record<string, unknown>,
      products: (await productsUsing(db, templateId)).map((p) => ({ id: p.id, title: p.configuration.title })),
      versions: versions.map((v) => {
        const p = publications.get(v.version);
        return {
          version: v.version,
          publishedAt: (p?.published_at ?? v.published_at).toISOString(),
          terms: p ? termsOf(p) : null,
          counts: p
            ? {
                asked: count(v.version, "asked"),
                overdue: count(v.version, "overdue"),
                accepted: count(v.version, "accepted"),
              }
            : null,
        };
      }),
      proposal: open ? proposal(open) : null,
      past: past.map(proposal),
    };
  };

  /** A written text, as it would be published after the latest: its faults, and what it changes. */
  const tried = async (tx: Tx, templateId: string, written: unknown) => {
    const [latest] = await store.versionsOf(tx.db, templateId);
    if (!latest) return null;
    const version = nextOf(latest.version);
    const before = readText(latest.content);
    // Number, name and language are not for typing.
    const read = AgreementTemplate.safeParse({
      ...(written as object),
      id: templateId,
      version,
      language: before.language,
    });
    const known = placesIn(latest.content);
    const faults = read.success
      ? [...placesIn(read.data)]
          .filter((place) => !known.has(place))
          .map((place) => ({ path: place, message: "the agreement has no such data" }))
      : read.error.issues.map((i) => ({ path: i.path.join("."), message: i.message }));
    const difference: ParagraphChange[] = read.success ? differenceOf(before, read.data) : [];
    return {
      latest: latest.version,
      content: read.success ? read.data : null,
      version,
      faults,
      difference,
      same: read.success && canonical({ ...read.data, version: "" }) === canonical({ ...before, version: "" }),
    };
  };
  const touched = async (tx: Tx, templateId: string, version: string): Promise<number> => {
    let sum = 0;
    let after: { institutionId: string; productId: string } | null = null;
    do {
      const some: Awaited<ReturnType<typeof concerned>> = await concerned(tx, templateId, version, after, 500);
      sum += some.items.length;
      after = some.next;
    } while (after);
    return sum;
  };

  return {
    list: handle(a.list, async (_input, { db }) => {
      const proposed = new Set((await store.openProposals(db)).map((p) => p.template_id));
      const waiting = new Map((await store.waitingOnLatest(db)).map((w) => [w.template_id, w.n]));
      const catalogue = await publishedProducts(db);
      return {
        items: (await store.latestTexts(db)).map((t) => ({
          id: t.id,
          title: readText(t.content).title.replaceAll(/\{\{[a-zA-Z.]+\}\}/g, "…"),
          version: t.version,
          publishedAt: t.published_at.toISOString(),
          products: catalogue
            .filter((p) => p.configuration.admissions.some((one) => one.agreementTemplate?.id === t.id))
            .map((p) => p.configuration.title),
          proposed: proposed.has(t.id),
          waiting: waiting.get(t.id) ?? 0,
        })),
      };
    }),
    read: handle(a.read, async ({ params }, { db, connection, actor, fail }) => {
      if ((await store.versionsOf(db, params.templateId)).length === 0) return fail("agreement-template-unknown");
      return shown({ db, connection }, params.templateId, actor.staffId);
    }),
    difference: handle(a.difference, async ({ params, query }, { db, fail }) => {
      const versions = await store.versionsOf(db, params.templateId);
      const [from, to] = [query.from, query.to].map((v) => versions.find((one) => one.version === v));
      if (!from || !to) return fail("agreement-template-unknown");
      return { items: differenceOf(readText(from.content), readText(to.content)) };
    }),
    rehearse: handle(a.rehearse, async ({ params, body }, { db, connection, fail }) => {
      const found = await tried({ db, connection }, params.templateId, body.content);
      if (!found) return fail("agreement-template-unknown");
      return {
        valid: found.faults.length === 0,
        faults: found.faults,
        version: found.version,
        difference: found.difference,
        products: (await productsUsing(db, params.templateId)).map((p) => ({ id: p.id, title: p.configuration.title })),
        institutions: await touched({ db, connection }, params.templateId, found.version),
      };
    }),
    propose: handle(a.propose, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
      const { templateId } = params;
      await store.lockText(connection, templateId);
      const found = await tried({ db, connection }, templateId, body.content);
      if (!found) return fail("agreement-template-unknown");
      if (found.latest !== body.baseVersion) return fail("agreement-template-moved-on", { version: found.latest });
      if (found.faults.length > 0) return fail("agreement-template-faulty", { faults: found.faults });
      if (found.same) return fail("nothing-to-change");
      const id = randomUUID();
      const written = await store.insertProposal(db, {
        id,
        templateId,
        baseVersion: body.baseVersion,
        version: found.version,
        content: found.content,
        summary: body.summary,
        way: body.way,
        days: body.days,
        reminderDays: body.reminderDays,
        overdue: body.overdue,
        reason: body.reason,
        by: actor.staffId,
        at: now,
      });
      if (!written) return fail("product-proposal-open");
      emit("terms.version.proposed", {
        template: templateId,
        version: found.version,
        proposalId: id,
        staffId: actor.staffId,
      });
      return shown({ db, connection }, templateId, actor.staffId);
    }),
    publish: handle(a.publish, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
      const { templateId } = params;
      await store.lockText(connection, templateId);
      const open = await store.openProposal(db, templateId);
      if (open?.id !== body.proposalId) return fail("product-proposal-missing");
      if (open.proposed_by === actor.staffId) return fail("proposal-own");
      const found = await tried({ db, connection }, templateId, open.content);
      if (!found) return fail("agreement-template-unknown");
      if (found.latest !== open.base_version) return fail("agreement-template-moved-on", { version: found.latest });
      if (found.faults.length > 0) return fail("agreement-template-faulty", { faults: found.faults });
      await publishTemplate(db, open.content);
      await store.insertPublication(db, open, now);
      await store.closeProposal(db, open.id, "published", { by: actor.staffId, at: now, note: null });
      // Who joins from now on joins with the new text: each product that uses it has a version more.
      for (const p of await productsUsing(db, templateId)) {
        const product = await store.lockProduct(db, connection, p.id);
        const version = p.version + 1;
        await publish(db, {
          id: p.id,
          position: product.position,
          version,
          configuration: {
            ...p.configuration,
            admissions: p.configuration.admissions.map((one) =>
              one.agreementTemplate?.id === templateId
                ? { ...one, agreementTemplate: { id: templateId, version: open.version } }
                : one,
            ),
            conventions: p.configuration.conventions.map((one) =>
              one.template.id === templateId ? { ...one, template: { id: templateId, version: open.version } } : one,
            ),
          },
        });
        emit("catalogue.version.published", {
          productId: p.id,
          proposalId: open.id,
          version,
          proposedBy: open.proposed_by,
          staffId: actor.staffId,
        });
      }
      emit("terms.version.published", {
        template: templateId,
        version: open.version,
        way: open.way,
        proposalId: open.id,
        proposedBy: open.proposed_by,
        staffId: actor.staffId,
      });
      return shown({ db, connection }, templateId, actor.staffId);
    }),
    decline: handle(a.decline, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
      const { templateId } = params;
      await store.lockText(connection, templateId);
      if ((await store.versionsOf(db, templateId)).length === 0) return fail("agreement-template-unknown");
      const open = await store.openProposal(db, templateId);
      if (!open) return fail("product-proposal-missing");
      const withdrawn = open.proposed_by === actor.staffId;
      await store.closeProposal(db, open.id, withdrawn ? "withdrawn" : "declined", {
        by: actor.staffId,
        at: now,
        note: body.note ?? null,
      });
      emit("terms.version.declined", {
        template: templateId,
        version: open.version,
        proposalId: open.id,
        staffId: actor.staffId,
        withdrawn,
      });
      return shown({ db, connection }, templateId, actor.staffId);
    }),
    acceptances: handle(a.acceptances, async ({ params, query }, { db }) => {
      const rows = await store.ofVersion(db, {
        ...params,
        state: query.state ?? null,
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
      });
      const title = await titlesOf(db);
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          institution: { id: r.institution_id, name: r.institution_name },
          productId: r.product_id,
          productTitle: title(r.product_id),
          template: r.template_id,
          fromVersion: r.from_version,
          version: r.version,
          way: r.way as "online",
          overdue: r.overdue as "stays",
          state: r.state as (typeof acceptanceStates)[number],
          askedAt: r.asked_at.toISOString(),
          dueAt: r.due_at.toISOString(),
          acceptedAt: r.accepted_at?.toISOString() ?? null,
          acceptedBy: r.accepted_by,
          agreementId: r.agreement_id,
        }),
        (r) => ({ name: r.institution_name, id: r.id }),
      );
    }),
    export: handle(a.export, async ({ params }, { db }) => {
      const title = await titlesOf(db);
      const said = {
        asked: "da accettare",
        overdue: "in ritardo",
        accepted: "accettata",
        superseded: "superata",
        ended: "cessata",
      };
      const rows: string[][] = [
        ["Ente", "Codice fiscale", "Prodotto", "Da", "A", "Stato", "Chiesto il", "Entro il", "Accettata il", "Da"],
      ];
      let after: { name: string; id: string } | null = null;
      do {
        const some: Awaited<ReturnType<typeof store.ofVersion>> = await store.ofVersion(db, {
          ...params,
          state: null,
          after,
          limit: 1000,
        });
        for (const r of some)
          rows.push([
            r.institution_name,
            r.tax_code,
            title(r.product_id),
            r.from_version,
            r.version,
            said[r.state as "asked"],
            day("it", r.asked_at),
            day("it", r.due_at),
            r.accepted_at ? day("it", r.accepted_at) : "",
            r.accepted_by ?? "",
          ]);
        const last = some.at(-1);
        after = some.length === 1000 && last ? { name: last.institution_name, id: last.id } : null;
      } while (after && rows.length < MOST_ROWS);
      const bytes = Buffer.from(csv(rows), "utf8");
      return {
        name: `accettazioni-${params.templateId}-${params.version}.csv`,
        mediaType: "text/csv",
        bytes,
        length: bytes.length,
      };
    }),
  };
};
