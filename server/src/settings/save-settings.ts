import { api, fieldProblems, Problem, typeOfSettings } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { requireDeclared } from "./guards.ts";
import { settingsShown } from "./shown.ts";
import * as store from "./store.ts";

/** What is there must be right, what is missing may follow: an official stops halfway and comes back in a month. */
export const saveSettings = (parts: Pick<Parts, "cipher">) =>
  handle(api.settings.save, async ({ params, query, body }, context) => {
    const { db, actor, now, version, fail, emit } = context;
    const key = { ...params, environment: query.environment };
    const declared = await requireDeclared(context, key);
    const read = typeOfSettings(declared.settings.schema, { whole: false }).safeParse(body.values);
    if (!read.success) throw new Problem("input-invalid", {}, fieldProblems(read.error, "body/values"));
    await store.lockSettings(db, key);
    const saved = await store.saveDraft(db, key, {
      version,
      written: parts.cipher.seal(JSON.stringify(read.data)),
      productVersion: declared.version,
      by: actor.personId,
      now,
    });
    if (!saved) return fail("version-stale");
    const shown = await settingsShown(parts, db, declared, key);
    emit(
      "settings.version.saved",
      { productId: key.productId, environment: key.environment, number: shown.draft!.number },
      { institutionId: key.institutionId },
    );
    return shown;
  });
