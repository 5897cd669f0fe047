import {
  type ProductConfiguration,
  type ProductSettings,
  type SettingsState,
  type SettingsValues,
  type SettingsVersion,
  stepsDone,
} from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

type Opens = Pick<Parts, "cipher">;
export const valuesIn = ({ cipher }: Opens, row: { written: Uint8Array }): SettingsValues =>
  JSON.parse(cipher.open(row.written)) as SettingsValues;

export const versionShown = (parts: Opens, r: store.VersionRow): SettingsVersion => ({
  id: r.id,
  number: r.number,
  state: r.state as SettingsState,
  values: valuesIn(parts, r),
  savedAt: r.saved_at.toISOString(),
  savedBy: r.saved_by_name,
  decidedAt: r.decided_at?.toISOString() ?? null,
  note: r.note,
});

export type Declared = {
  id: string;
  version: number;
  title: string;
  settings: NonNullable<ProductConfiguration["settings"]>;
};
/** The product as it asks to be set today; null when it declares nothing. */
export const declaredBy = async (db: Db, productId: string): Promise<Declared | null> => {
  const product = await publishedProduct(db, productId);
  return product?.configuration.settings
    ? {
        id: product.id,
        version: product.version,
        title: product.configuration.title,
        settings: product.configuration.settings,
      }
    : null;
};
/** Does a change wait for the staff here? In Collaudo nothing does. */
export const isReviewed = (d: Declared, environment: store.At["environment"]): boolean =>
  environment === "production" && d.settings.review === "staff";

export const settingsShown = async (
  parts: Opens,
  db: Db,
  declared: Declared,
  key: store.At,
): Promise<ProductSettings> => {
  const rows = (await store.currentOf(db, key)).map((row) => ({ row, shown: versionShown(parts, row) }));
  const of = (state: SettingsState) => rows.find((r) => r.row.state === state)?.shown ?? null;
  const draft = of("draft");
  const live = of("live");
  const newest = rows[0]?.shown ?? null;
  return {
    product: { id: declared.id, title: declared.title, version: declared.version },
    environment: key.environment,
    schema: declared.settings.schema,
    reviewed: isReviewed(declared, key.environment),
    live,
    waiting: of("waiting"),
    draft,
    refused: newest?.state === "refused" ? newest : null,
    done: stepsDone(declared.settings.schema, (draft ?? live)?.values ?? {}),
    version: rows.find((r) => r.row.state === "draft")?.row.version ?? 0,
  };
};

/** The places where two sets of values differ: `step/field`. */
export const changedIn = (before: SettingsValues | null, after: SettingsValues): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].sort().flatMap((step) => {
    const was = before?.[step] ?? {};
    const is = after[step] ?? {};
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .sort()
      .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
      .map((field) => `${step}/${field}`);
  });
