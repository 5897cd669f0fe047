import type { Acceptance, acceptanceStates } from "@area/api";
import type { z } from "zod";
import { signingOf } from "../agreements/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { publishedProducts } from "../products/index.ts";
import type { AcceptanceRow } from "./store.ts";

/** What each product is called now. */
export const titlesOf = async (db: Db): Promise<(productId: string) => string> => {
  const titles = new Map((await publishedProducts(db)).map((p) => [p.id, p.configuration.title]));
  return (productId) => titles.get(productId) ?? productId;
};

export const shownAcceptances = async (
  db: Db,
  rows: readonly AcceptanceRow[],
): Promise<z.input<typeof Acceptance>[]> => {
  const title = await titlesOf(db);
  const signing = await signingOf(
    db,
    rows.flatMap((r) => r.agreement_id ?? []),
  );
  return rows.map((r) => ({
    id: r.id,
    productId: r.product_id,
    productTitle: title(r.product_id),
    template: r.template_id,
    fromVersion: r.from_version,
    version: r.version,
    summary: r.summary,
    way: r.way as "online",
    overdue: r.overdue as "stays",
    state: r.state as (typeof acceptanceStates)[number],
    askedAt: r.asked_at.toISOString(),
    dueAt: r.due_at.toISOString(),
    acceptedAt: r.accepted_at?.toISOString() ?? null,
    acceptedBy: r.accepted_by,
    agreementId: r.agreement_id,
    signing: r.agreement_id ? signing(r.agreement_id) : [],
  }));
};
