import { type AdhesionNumbers, FEWEST_PUBLISHED, regionOfZipCode } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProducts } from "../products/index.ts";
import * as store from "./store.ts";

const FRESH_MS = 10 * 60_000;
const YEAR_MS = 365 * 86_400_000;
/** A small number points at somebody: it is not said. */
const told = (count: number): number | null => (count < FEWEST_PUBLISHED ? null : count);

/** How many joined what and where, and how long it took: counted anew every ten minutes, however often it is read. */
export const adhesionNumbers = ({ clock }: Pick<Parts, "clock">) => {
  let kept: { at: number; numbers: AdhesionNumbers } | undefined;
  return async (db: Db): Promise<AdhesionNumbers> => {
    const now = clock();
    if (kept && Math.abs(now.getTime() - kept.at) < FRESH_MS) return kept.numbers;
    const since = new Date(now.getTime() - YEAR_MS);
    const [products, byZip, eachOnce, completed, decisions] = [
      await publishedProducts(db),
      await store.activeByZip(db),
      await store.institutionsByZip(db),
      await store.completedTimes(db, since),
      await store.decisionTimes(db, since),
    ];
    const regionOf = (zip: string) => regionOfZipCode(`${zip}000`);
    const sum = (rows: readonly { institutions: number }[]) => rows.reduce((all, r) => all + r.institutions, 0);
    const regions = [...new Set(eachOnce.map((r) => regionOf(r.zip)))].sort((a, b) =>
      (a ?? "z").localeCompare(b ?? "z"),
    );
    const numbers: AdhesionNumbers = {
      at: now.toISOString(),
      institutions: told(sum(eachOnce)),
      // A twin for trying comes along with its product: it is nobody's choice.
      products: products
        .filter((p) => p.configuration.state !== "test-twin")
        .map((p) => {
          const done = completed.find((c) => c.product_id === p.id);
          const decided = decisions.find((d) => d.product_id === p.id);
          return {
            productId: p.id,
            title: p.configuration.title,
            institutions: told(sum(byZip.filter((r) => r.product_id === p.id))),
            completed: told(done?.completed ?? 0),
            toDecision: decided && decided.decisions >= FEWEST_PUBLISHED ? decided.median : null,
            toSignature: done && done.signed >= FEWEST_PUBLISHED ? done.signature : null,
            whole: done && done.completed >= FEWEST_PUBLISHED ? done.whole : null,
          };
        }),
      regions: regions.map((region) => ({
        region,
        institutions: told(sum(eachOnce.filter((r) => regionOf(r.zip) === region))),
        products: products.flatMap((p) => {
          const count = sum(byZip.filter((r) => r.product_id === p.id && regionOf(r.zip) === region));
          return count > 0 ? [{ productId: p.id, institutions: told(count) }] : [];
        }),
      })),
    };
    kept = { at: now.getTime(), numbers };
    return numbers;
  };
};
