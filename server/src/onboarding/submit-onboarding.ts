import { randomUUID } from "node:crypto";
import { admissionOf, api, Problem, requirementsOf, type Workflow, workflows } from "@area/api";
import { activeKind, enterInstitution, pecOf, productState } from "../institutions/index.ts";
import type { Cipher } from "../platform/cipher.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import type { RegisterAnswer } from "../ports/registry/index.ts";
import { publishedProduct } from "../products/index.ts";
import { chooseInstitution, demandWhole } from "./choose-institution.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

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
      const product = await publishedProduct(db, body.productId);
      if (!product || product.configuration.state === "test-twin") return fail("product-unknown");
      const { configuration } = product;
      if (configuration.state === "closed") return fail("institution-not-admitted", { because: "closed" });
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

      if (body.draftId) {
        const removed = await store.removeDraft(db, body.draftId);
        if (!removed) return fail("draft-unknown");
      }
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

      // What could not be looked up is looked at by a person, whatever the product would do.
      const workflow: Workflow =
        reasons.length > 0 && admission.workflow === "agreement" ? "review" : admission.workflow;
      const id = randomUUID();
      const { reimbursement, ...details } = Object.fromEntries(
        needs.blocks.map((block) => [block, body.details[block]]),
      ) as typeof body.details;
      const written = await store.insertOnboarding(db, {
        id,
        institutionId,
        productId: product.id,
        productVersion: product.version,
        kind: body.kind,
        origin: admission.origin,
        workflow,
        state: workflows[workflow].startsIn,
        requestedBy: actor.personId,
        at: now,
        institutionData: institution,
        billing: needs.billing ? body.billing : { vatNumber: body.details.groupVatNumber?.vatNumber },
        geographicAreas: needs.geographicAreas ? body.geographicAreas : [],
        details,
        account: reimbursement ? cipher.seal(JSON.stringify(reimbursement)) : null,
        reviewReasons: reasons,
        manager: manager ? sealed(cipher, manager) : null,
        administrators: body.administrators.map((a) => sealed(cipher, a)),
      });
      if (!written) return fail("already-awaiting-signature");
      emit(
        "onboarding.submitted",
        { onboardingId: id, productId: product.id, productVersion: product.version, ipaCode: institution.ipaCode },
        {
          institutionId,
          personal: {
            ...(manager ? { manager: `${manager.givenName} ${manager.familyName}` } : {}),
            administrators: body.administrators.map((a) => `${a.givenName} ${a.familyName}`).join(", "),
          },
        },
      );
      return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, id))!]))[0]!;
    },
  });
