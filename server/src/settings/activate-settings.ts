import { api, fieldProblems, Problem, stepsDone, typeOfSettings } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { requireDeclared } from "./guards.ts";
import { changedIn, isReviewed, settingsShown, valuesIn } from "./shown.ts";
import * as store from "./store.ts";

/** What was saved comes into force; where the product wants it, the staff look first and what is in force stays. */
export const activateSettings = (parts: Pick<Parts, "cipher">) =>
  handle(api.settings.activate, async ({ params, query }, context) => {
    const { db, now, version, fail, emit } = context;
    const key = { ...params, environment: query.environment };
    const declared = await requireDeclared(context, key);
    await store.lockSettings(db, key);
    const rows = await store.currentOf(db, key);
    const of = (state: string) => rows.find((r) => r.state === state);
    const draft = of("draft");
    if (!draft) return fail("settings-nothing-saved");
    if (draft.version !== version) return fail("version-stale");
    if (of("waiting")) return fail("settings-awaiting-review");
    const values = valuesIn(parts, draft);
    const { schema } = declared.settings;
    const whole = typeOfSettings(schema, { whole: true }).safeParse(values);
    if (!whole.success) {
      const done = stepsDone(schema, values);
      const missing = schema["x-order"].filter((name) => !done.includes(name));
      throw new Problem(
        "settings-incomplete",
        { steps: missing.map((name) => schema.properties[name]!.title) },
        fieldProblems(whole.error, "body/values"),
      );
    }
    const live = of("live");
    const changed = changedIn(live ? valuesIn(parts, live) : null, values);
    if (live && changed.length === 0) return fail("nothing-to-change");
    const facts = { productId: key.productId, environment: key.environment, number: draft.number };
    const at = { institutionId: key.institutionId };
    if (isReviewed(declared, key.environment)) {
      await store.move(db, draft.id, "draft", "waiting", { submittedAt: now });
      emit("settings.version.submitted", facts, at);
    } else {
      await store.supersede(db, key);
      await store.move(db, draft.id, "draft", "live", { submittedAt: now, decidedAt: now });
      emit("settings.version.activated", { ...facts, changed }, at);
    }
    return settingsShown(parts, db, declared, key);
  });
