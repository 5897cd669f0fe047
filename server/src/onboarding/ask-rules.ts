import {
  type InstitutionKind,
  type Origin,
  type ProductConfiguration,
  RULES_IN_FORCE,
  type RuleAnswer,
  type RuleInputs,
  ruleBooks,
  type Workflow,
} from "@area/api";
import type { InstitutionData } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { RegisterAnswer } from "../ports/registry/index.ts";
import * as store from "./store.ts";

export type RuleRun = { version: string; inputs: RuleInputs; answer: RuleAnswer };

const dataOf = (d: { name: string; taxCode: string; pec: string; address: string; zipCode: string }): string =>
  JSON.stringify([d.name, d.taxCode, d.pec, d.address, d.zipCode].map((text) => text.trim().toLowerCase()));

/**
 * Asks the published rules about a request that somebody would review; null where they have nothing to say: nobody reviews it, or
 * nothing is signed. The institution is entered: its own earlier requests are what the rules may look at.
 */
export const askRules = async (
  db: Db,
  r: {
    institutionId: string;
    institution: InstitutionData;
    productId: string;
    productVersion: number;
    configuration: ProductConfiguration;
    workflow: Workflow;
    kind: InstitutionKind;
    origin: Origin;
    reasons: readonly string[];
    said: RegisterAnswer;
    managerIndex: Buffer | null;
    at: Date;
  },
): Promise<RuleRun | null> => {
  if (r.workflow !== "review" && r.workflow !== "review-with-checklist") return null;
  const before = await store.lastApprovedByPerson(db, r.institutionId);
  const inputs: RuleInputs = {
    at: r.at.toISOString(),
    productId: r.productId,
    productVersion: r.productVersion,
    allowed: r.configuration.review.rules,
    people: r.configuration.review.people,
    kind: r.kind,
    origin: r.origin,
    declaration: r.workflow === "review-with-checklist",
    reasons: [...r.reasons],
    confirmedBy: r.institution.readAt ? (r.institution.registry ?? null) : null,
    pecConfirmed: r.said.answer === "found" && r.said.company.pec === r.institution.pec,
    before: before
      ? {
          onboardingId: before.id,
          kind: before.kind as InstitutionKind,
          completedAt: before.ended_at!.toISOString(),
          sameData: dataOf(before.institution_data as InstitutionData) === dataOf(r.institution),
          sameManager:
            r.managerIndex !== null &&
            before.manager_fiscal_code_index !== null &&
            r.managerIndex.equals(Buffer.from(before.manager_fiscal_code_index)),
        }
      : null,
  };
  return { version: RULES_IN_FORCE, inputs, answer: ruleBooks[RULES_IN_FORCE]!.decide(inputs) };
};
