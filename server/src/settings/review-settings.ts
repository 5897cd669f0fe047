import { api, type SettingsChange, type SettingsState, staffProducts } from "@area/api";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db, Scope } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProducts } from "../products/index.ts";
import { changedIn, declaredBy, valuesIn } from "./shown.ts";
import * as store from "./store.ts";

export const reviewSettings = (parts: Pick<Parts, "cipher">) => {
  /** A change as whoever decides reads it, beside what is in force; from here the work is on that institution. */
  const found = async (
    context: { db: Db; enter(scope: Scope): void },
    params: { productId: string; changeId: string },
    { decides }: { decides: boolean },
  ) => {
    const { db, enter } = context;
    const change = await store.changeOf(db, params.productId, params.changeId);
    const declared = change ? await declaredBy(db, change.product_id) : null;
    if (!change || !declared) return null;
    enter({ institution: change.institution_id });
    const key = {
      institutionId: change.institution_id,
      productId: change.product_id,
      environment: change.environment as store.At["environment"],
    };
    if (decides) await store.lockSettings(db, key);
    const row = await store.versionOf(db, key, change.id);
    const live = (await store.currentOf(db, key)).find((r) => r.state === "live" && r.id !== row.id);
    const before = live ? valuesIn(parts, live) : null;
    const values = valuesIn(parts, row);
    const shown = (state: string): SettingsChange => ({
      changeId: row.id,
      institution: { id: change.institution_id, name: change.name },
      product: { id: declared.id, title: declared.title },
      environment: key.environment,
      number: row.number,
      submittedAt: (row.submitted_at ?? row.saved_at).toISOString(),
      state: state as SettingsState,
      submittedBy: row.saved_by_name,
      schema: declared.settings.schema,
      values,
      before,
      changed: changedIn(before, values),
    });
    return { key, row, shown, facts: { productId: key.productId, environment: key.environment, number: row.number } };
  };

  return {
    list: handle(api.settings.review.list, async ({ query }, { db, actor }) => {
      const titles = new Map((await publishedProducts(db)).map((p) => [p.id, p.configuration.title]));
      return pageOf(
        await store.waitingOf(db, {
          products: staffProducts(actor.holdings, "staff:settings:read"),
          after: keyIn(query.cursor, AtAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        (r) => ({
          changeId: r.id,
          institution: { id: r.institution_id, name: r.name },
          product: { id: r.product_id, title: titles.get(r.product_id) ?? r.product_id },
          environment: r.environment as store.At["environment"],
          number: r.number,
          submittedAt: r.submitted_at!.toISOString(),
        }),
        (r) => ({ at: r.submitted_at!.toISOString(), id: r.id }),
      );
    }),
    read: handle(api.settings.review.read, async ({ params }, context) => {
      const change = await found(context, params, { decides: false });
      return change ? change.shown(change.row.state) : context.fail("settings-change-unknown");
    }),
    approve: handle(api.settings.review.approve, async ({ params }, context) => {
      const { db, actor, now, fail, emit } = context;
      const change = await found(context, params, { decides: true });
      if (!change) return fail("settings-change-unknown");
      if (change.row.state !== "waiting") return fail("settings-not-waiting", { state: change.row.state });
      const after = change.shown("live");
      await store.supersede(db, change.key);
      await store.move(db, change.row.id, "waiting", "live", { decidedAt: now, decidedBy: actor.staffId });
      emit(
        "settings.version.activated",
        { ...change.facts, changed: after.changed },
        { institutionId: change.key.institutionId },
      );
      return after;
    }),
    refuse: handle(api.settings.review.refuse, async ({ params, body }, context) => {
      const { db, actor, now, fail, emit } = context;
      const change = await found(context, params, { decides: true });
      if (!change) return fail("settings-change-unknown");
      const set = { decidedAt: now, decidedBy: actor.staffId, note: body.note };
      if (!(await store.move(db, change.row.id, "waiting", "refused", set)))
        return fail("settings-not-waiting", { state: change.row.state });
      emit(
        "settings.version.refused",
        { ...change.facts, note: body.note },
        { institutionId: change.key.institutionId },
      );
      return change.shown("refused");
    }),
  };
};
