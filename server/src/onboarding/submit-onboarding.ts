import { randomUUID } from "node:crypto";
import {
  admissionOf,
  api,
  mayMove,
  type OnboardingState,
  Problem,
  requirementsOf,
  type Workflow,
  workflows,
} from "@area/api";
import { activeKind, enterInstitution, pecOf, productState } from "../institutions/index.ts";
import type { Cipher } from "../platform/cipher.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import type { RegisterAnswer } from "../ports/registry/index.ts";
import { productVersion, publishedProduct } from "../products/index.ts";
import { askRules } from "./ask-rules.ts";
import { chooseInstitution, demandWhole } from "./choose-institution.ts";
import type { Revision } from "./drafts.ts";
import { contentOf, fieldsOf } from "./fields.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

const DAY_SECONDS = 86_400;

/** The request that a draft corrects, under its lock: of the same institution, and waiting for the correction. */
const toCorrect = async (
  db: Db,
  corrects: Revision,
  institutionId: string,
  fail: (code: "onboarding-of-another-institution" | "onboarding-not-to-correct") => never,
) => {
  const o = await store.lockOnboarding(db, corrects.onboardingId);
  if (o?.institution_id !== institutionId) return fail("onboarding-of-another-institution");
  if (!mayMove(o.state as OnboardingState, "to-be-reviewed")) return fail("onboarding-not-to-correct");
  return o;
};

type Named = { givenName: string; familyName: string; fiscalCode: string; email: string };
export const sealed = (cipher: Cipher, p: Named) => ({
  givenName: p.givenName,
  familyName: p.familyName,
  fiscalCode: cipher.seal(p.fiscalCode),
  fiscalCodeIndex: cipher.index("fiscal-code", p.fiscalCode),
  email: cipher.seal(p.email),
  emailIndex: cipher.index("mail", p.email),
});

/**
 * An institution asks to join a product. Anyone may start: the agreement goes to the certified mail that the registry holds,
 * and counts only with the signature of the legal representative. What is asked, who looks at it and what is signed stand in the
 * catalogue. Rules: self-care rules on request-time checks; manual of the portal.
 */
export const submitOnboarding = ({ cipher, ports }: Parts) =>
  handle(api.onboarding.submit, {
    // The business register is asked before the transaction; when it does not answer the request goes on, to a person.
    prepare: async ({ body }): Promise<RegisterAnswer> =>
      body.institution.origin === "business-register" && body.institution.taxCode
        ? ports.businessRegister.find(body.institution.taxCode)
        : { answer: "silent" },
    run: async ({ body }, { db, connection, actor, now, fail, emit, enter }, said) => {
      const draft = body.draftId ? await store.draft(db, body.draftId) : undefined;
      if (body.draftId && !draft) return fail("draft-unknown");
      // A request that came back keeps the version of the product that it began with.
      const corrects = draft?.revision ? (JSON.parse(cipher.open(draft.revision)) as Revision) : null;
      const product = corrects
        ? await productVersion(db, draft!.product_id, corrects.productVersion)
        : await publishedProduct(db, body.productId);
      if (!product || product.id !== body.productId || product.configuration.state === "test-twin")
        return fail("product-unknown");
      const { configuration } = product;
      if (configuration.state === "closed" && !corrects) return fail("institution-not-admitted", { because: "closed" });
      const admission = admissionOf(configuration, body.kind, body.institution.origin);
      if (!admission) return fail("institution-kind-not-admitted", { kind: body.kind });
      const needs = requirementsOf(configuration, admission);
      demandWhole(body, needs);
      const manager = needs.manager ? body.manager : undefined;
      const { minimum, maximum } = configuration.administrators;
      const count = body.administrators.length;
      if (count < minimum || count > maximum)
        throw new Problem("input-invalid", {}, [
          { path: "body/administrators", code: count < minimum ? "too-few" : "too-many", facts: { minimum, maximum } },
        ]);
      if (
        manager &&
        !configuration.managerMayAdminister &&
        body.administrators.some((a) => a.fiscalCode === manager.fiscalCode || a.email === manager.email)
      )
        return fail("manager-among-administrators");
      const { institution, reasons } = await chooseInstitution(db, body, admission, needs, said, now, fail);
      if (configuration.privateBeta && !configuration.privateBeta.taxCodes.includes(institution.taxCode))
        return fail("institution-not-admitted", { because: "private-beta" });

      // Two who send the same draft at once: the second finds it gone.
      if (draft && !(await store.removeDraft(db, draft.id))) return fail("draft-unknown");
      const institutionId = await enterInstitution({ db, connection, enter }, institution);
      const state = await productState(db, institutionId, body.productId);
      if (state === "active" || state === "suspended") return fail("already-active");
      // What is declared may name anybody's code: the agreement must not go to a mailbox that the institution is not known by.
      if (!institution.registry && institution.readAt === null && (await pecOf(db, institutionId)) !== institution.pec)
        reasons.push("pec-differs");
      // A child is joined as what the parent was joined as.
      if (configuration.parent && (await activeKind(db, institutionId, configuration.parent)) !== body.kind)
        return fail("parent-product-missing", {
          parent: (await publishedProduct(db, configuration.parent))?.configuration.title ?? configuration.parent,
        });

      const before = corrects ? await toCorrect(db, corrects, institutionId, fail) : null;
      // What could not be looked up is looked at by a person, whatever the product would do; what a person sent back, too.
      const workflow: Workflow =
        (reasons.length > 0 || before) && admission.workflow === "agreement" ? "review" : admission.workflow;
      const id = before?.id ?? randomUUID();
      const { reimbursement, ...details } = Object.fromEntries(
        needs.blocks.map((block) => [block, body.details[block]]),
      ) as typeof body.details;
      const named = manager ? sealed(cipher, manager) : null;
      // Where nothing is left to judge the published rules approve, and no person waits for another.
      const ruled = before
        ? null
        : await askRules(db, {
            institutionId,
            institution,
            productId: product.id,
            productVersion: product.version,
            configuration,
            workflow,
            kind: body.kind,
            origin: admission.origin,
            reasons,
            said,
            managerIndex: named?.fiscalCodeIndex ?? null,
            at: now,
          });
      const approved = ruled?.answer.verdict === "approve";
      const reviewMs = before
        ? // The clock goes on from where it stood, with a day at least.
          Math.max(before.review_seconds_left ?? 0, DAY_SECONDS) * 1000
        : configuration.review.days * DAY_SECONDS * 1000;
      const request: store.NewRow = {
        id,
        institutionId,
        productId: product.id,
        productVersion: product.version,
        kind: body.kind,
        origin: admission.origin,
        workflow,
        state: approved ? "submitted" : workflows[workflow].startsIn,
        requestedBy: actor.personId,
        at: now,
        institutionData: institution,
        billing: needs.billing ? body.billing : { vatNumber: body.details.groupVatNumber?.vatNumber },
        geographicAreas: needs.geographicAreas ? body.geographicAreas : [],
        details,
        account: reimbursement ? cipher.seal(JSON.stringify(reimbursement)) : null,
        reviewReasons: reasons,
        reviewDueAt: workflows[workflow].reviewed && !approved ? new Date(now.getTime() + reviewMs) : null,
        manager: named,
        administrators: body.administrators.map((a) => sealed(cipher, a)),
      };
      const written = before
        ? await store.resubmitOnboarding(db, request, {
            round: before.review_round,
            submittedBy: before.requested_by,
            submittedAt: before.review_queued_at ?? before.submitted_at,
            fields: cipher.seal(JSON.stringify(fieldsOf(await contentOf(cipher, db, before)))),
          })
        : await store.insertOnboarding(db, request);
      if (!written) return fail("already-awaiting-signature");
      if (ruled) {
        const { verdict, rule, because } = ruled.answer;
        await store.insertRuleRun(
          db,
          { id, institutionId, productId: product.id, at: now },
          { version: ruled.version, inputs: cipher.seal(JSON.stringify(ruled.inputs)), verdict, rule, because },
        );
      }
      const of = {
        institutionId,
        personal: {
          ...(manager ? { manager: `${manager.givenName} ${manager.familyName}` } : {}),
          administrators: body.administrators.map((a) => `${a.givenName} ${a.familyName}`).join(", "),
        },
      };
      const what = { onboardingId: id, productId: product.id };
      if (before) emit("onboarding.resubmitted", { ...what, round: before.review_round + 1 }, of);
      else emit("onboarding.submitted", { ...what, productVersion: product.version, ipaCode: institution.ipaCode }, of);
      if (ruled?.answer.rule)
        emit("reviews.decision.ruled", { ...what, rule: ruled.answer.rule, version: ruled.version }, { institutionId });
      return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, id))!]))[0]!;
    },
  });
