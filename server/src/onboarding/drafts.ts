import { randomUUID } from "node:crypto";
import { api, DRAFT_DAYS, type Draft, DraftContent } from "@area/api";
import type { z } from "zod";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";
import { HAND_OVER } from "./tokens.ts";

const HAND_OVER_DAYS = 7;
const days = (n: number, from: Date) => new Date(from.getTime() + n * 86_400_000);
/** Of a draft that corrects a request: which, as of which version of the product, and what was asked to change. */
export type Revision = {
  onboardingId: string;
  productVersion: number;
  note: string | null;
  fields: { path: string; note: string }[];
};
type DraftRow = NonNullable<Awaited<ReturnType<typeof store.draft>>>;

/** Drafts as the API shows them. */
export const draftsShown = ({ cipher }: Pick<Parts, "cipher">) => {
  const shown = async (db: Db, rows: DraftRow[], me: string): Promise<z.input<typeof Draft>[]> => {
    const names = await store.personName(db, [...new Set(rows.map((r) => r.opened_by))]);
    const given = await store.handOversOf(
      db,
      rows.map((r) => r.id),
    );
    return rows.map((r) => ({
      id: r.id,
      productId: r.product_id,
      version: r.version,
      content: DraftContent.parse(JSON.parse(cipher.open(r.content))),
      openedAt: r.opened_at.toISOString(),
      savedAt: r.saved_at.toISOString(),
      keptUntil: r.kept_until.toISOString(),
      revision: r.revision ? (JSON.parse(cipher.open(r.revision)) as Revision) : null,
      openedBy: { name: names.get(r.opened_by) ?? "", me: r.opened_by === me },
      handedTo: given
        .filter((h) => h.draft_id === r.id)
        .map((h) => ({ email: cipher.open(h.email), accepted: h.taken_at !== null })),
    }));
  };
  const one = async (db: Db, row: DraftRow, me: string) => (await shown(db, [row], me))[0]!;
  return { shown, one };
};

export const drafts = ({ cipher }: Parts) => {
  const { shown, one } = draftsShown({ cipher });
  return {
    open: handle(api.onboarding.drafts.open, async ({ body }, { db, actor, now, fail, emit }) => {
      if (!(await publishedProduct(db, body.productId))) return fail("product-unknown");
      const id = randomUUID();
      await store.insertDraft(db, {
        id,
        productId: body.productId,
        personId: actor.personId,
        content: cipher.seal(JSON.stringify(body.content)),
        at: now,
        keptUntil: days(DRAFT_DAYS, now),
      });
      emit("onboarding.draft.opened", { draftId: id, productId: body.productId });
      return one(db, (await store.draft(db, id))!, actor.personId);
    }),
    list: handle(api.onboarding.drafts.list, async (_input, { db, actor, now }) => ({
      items: await shown(db, await store.draftsOf(db, actor.personId, now), actor.personId),
    })),
    read: handle(api.onboarding.drafts.read, async ({ params }, { db, actor, now, fail }) => {
      const row = await store.draft(db, params.draftId);
      if (!row) return fail("draft-unknown");
      if (row.kept_until <= now) return fail("draft-expired");
      return one(db, row, actor.personId);
    }),
    save: handle(api.onboarding.drafts.save, async ({ params, body }, { db, actor, now, version, fail, audit }) => {
      const row = await store.draft(db, params.draftId);
      if (!row) return fail("draft-unknown");
      if (row.kept_until <= now) return fail("draft-expired");
      if (!(await store.saveDraft(db, row.id, version, cipher.seal(JSON.stringify(body)), now, days(DRAFT_DAYS, now))))
        return fail("version-stale", { version: row.version });
      audit("onboarding.draft.saved", { draftId: row.id, version: version + 1 });
      return one(db, (await store.draft(db, row.id))!, actor.personId);
    }),
    discard: handle(api.onboarding.drafts.discard, async ({ params }, { db, fail, audit }) => {
      if (!(await store.removeDraft(db, params.draftId))) return fail("draft-unknown");
      audit("onboarding.draft.discarded", { draftId: params.draftId });
    }),
    handOver: handle(api.onboarding.drafts.handOver, async ({ params, body }, { db, actor, now, fail, emit }) => {
      const row = await store.draft(db, params.draftId);
      if (!row) return fail("draft-unknown");
      if (row.kept_until <= now) return fail("draft-expired");
      const id = randomUUID();
      await store.insertHandOver(db, {
        id,
        draftId: row.id,
        email: cipher.seal(body.email),
        at: now,
        expiresAt: days(HAND_OVER_DAYS, now),
      });
      // The mail with its link leaves after the commit, by a reaction.
      emit("onboarding.draft.handed-over", { draftId: row.id, handOverId: id }, { personal: { email: body.email } });
      return one(db, row, actor.personId);
    }),
    accept: handle(api.onboarding.drafts.accept, async ({ body }, { db, actor, now, fail, emit, enter }) => {
      const claims = cipher.readToken(body.token, HAND_OVER);
      if (!claims) return fail("hand-over-link-invalid");
      if (claims.expires <= now.getTime()) return fail("link-expired");
      // Not yet theirs: for this one act the portal itself opens the draft to who holds the link.
      enter({ purpose: "system" });
      const given = await store.handOver(db, claims.id);
      if (!given) return fail("draft-unknown");
      if (!(await store.takeHandOver(db, given.id, actor.personId, now))) return fail("hand-over-link-invalid");
      await store.addToDraft(db, given.draft_id, actor.personId);
      enter({ purpose: null });
      const row = await store.draft(db, given.draft_id);
      if (!row) return fail("draft-unknown");
      if (row.kept_until <= now) return fail("draft-expired");
      emit("onboarding.draft.taken", { draftId: row.id });
      return one(db, row, actor.personId);
    }),
  };
};
