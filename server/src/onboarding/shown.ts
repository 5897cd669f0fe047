import type { InstitutionKind, Onboarding, OnboardingState, reviewReasons, Workflow } from "@area/api";
import type { z } from "zod";
import { signingOf } from "../agreements/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { productVersion } from "../products/index.ts";
import type { Listed } from "./store.ts";

type Data = { name: string; taxCode: string; pec: string };

/** Onboardings as the API shows them. */
export const shown = async (db: Db, rows: Listed[]): Promise<z.input<typeof Onboarding>[]> => {
  const titles = new Map<string, string>();
  for (const r of rows) {
    const key = `${r.product_id} ${r.product_version}`;
    if (!titles.has(key))
      titles.set(key, (await productVersion(db, r.product_id, r.product_version)).configuration.title);
  }
  const signing = await signingOf(
    db,
    rows.flatMap((r) => r.agreement_id ?? []),
  );
  return rows.map((r) => {
    const institution = r.institution_data as Data;
    return {
      id: r.id,
      productId: r.product_id,
      productTitle: titles.get(`${r.product_id} ${r.product_version}`)!,
      institution: { id: r.institution_id, name: institution.name, taxCode: institution.taxCode, pec: institution.pec },
      state: r.state as OnboardingState,
      submittedAt: r.submitted_at.toISOString(),
      expiresAt: r.expires_at?.toISOString() ?? null,
      extended: r.extended_at !== null,
      endedAt: r.ended_at?.toISOString() ?? null,
      kind: r.kind as InstitutionKind,
      workflow: r.workflow as Workflow,
      reviewReasons: r.review_reasons as (typeof reviewReasons)[number][],
      reviewNote: r.review_note,
      manager:
        r.manager_given_name && r.manager_family_name
          ? { givenName: r.manager_given_name, familyName: r.manager_family_name }
          : null,
      agreement:
        r.agreement_id && r.agreement_sha256 && r.agreement_written_at
          ? {
              id: r.agreement_id,
              sha256: Buffer.from(r.agreement_sha256).toString("hex"),
              writtenAt: r.agreement_written_at.toISOString(),
            }
          : null,
      signing: r.agreement_id ? signing(r.agreement_id) : [],
    };
  });
};
