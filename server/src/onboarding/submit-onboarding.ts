import { randomUUID } from "node:crypto";
import { api, Problem, TaxCode } from "@area/api";
import { enterInstitution, productState } from "../institutions/index.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { findBody } from "../registries/index.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/**
 * An institution asks to join a product. Anyone may start: the agreement goes to the certified mail that the registry holds,
 * and counts only with the signature of the legal representative. Rules: self-care rules on request-time checks; manual of the portal.
 */
export const submitOnboarding = ({ cipher }: Parts) =>
  handle(api.onboarding.submit, async ({ body }, { db, connection, actor, now, fail, emit, enter }) => {
    const product = await publishedProduct(db, body.productId);
    if (!product) return fail("product-unknown");
    if (!product.configuration.institutionKinds.includes(body.kind)) return fail("institution-kind-not-admitted");
    const { minimum, maximum } = product.configuration.administrators;
    const count = body.administrators.length;
    if (count < minimum || count > maximum)
      throw new Problem("input-invalid", {}, [
        { path: "body/administrators", code: count < minimum ? "too-few" : "too-many", facts: { minimum, maximum } },
      ]);
    if (
      !product.configuration.managerMayAdminister &&
      body.administrators.some((a) => a.fiscalCode === body.manager.fiscalCode || a.email === body.manager.email)
    )
      return fail("manager-among-administrators");

    const registered = await findBody(db, body.institution.ipaCode);
    if (!registered) return fail("registry-body-unknown", { ipaCode: body.institution.ipaCode });
    if (registered.state === "ended") return fail("registry-body-ended");
    if (!registered.pec) throw new Problem("input-invalid", {}, [{ path: "body/institution/pec", code: "required" }]);
    // What the person saw must still be so: the agreement goes to that address.
    if (registered.pec !== body.institution.pec.trim().toLowerCase() || registered.name !== body.institution.name)
      return fail("institution-data-differ", { pec: registered.pec, name: registered.name });
    if (!TaxCode.safeParse(registered.tax_code).success)
      throw new Problem("input-invalid", {}, [{ path: "body/institution/taxCode", code: "wrong-check-digit" }]);

    if (body.draftId) {
      const removed = await store.removeDraft(db, body.draftId);
      if (!removed) return fail("draft-unknown");
    }
    const institution = {
      taxCode: registered.tax_code,
      name: registered.name,
      ipaCode: registered.ipa_code,
      category: registered.category,
      pec: registered.pec,
      address: registered.address,
      zipCode: registered.zip_code,
      city: registered.city,
      readAt: registered.read_at,
    };
    const institutionId = await enterInstitution({ db, connection, enter }, institution);
    const state = await productState(db, institutionId, body.productId);
    if (state === "active" || state === "suspended") return fail("already-active");

    const id = randomUUID();
    const sealed = (p: { givenName: string; familyName: string; fiscalCode: string; email: string }) => ({
      givenName: p.givenName,
      familyName: p.familyName,
      fiscalCode: cipher.seal(p.fiscalCode),
      fiscalCodeIndex: cipher.index("fiscal-code", p.fiscalCode),
      email: cipher.seal(p.email),
      emailIndex: cipher.index("mail", p.email),
    });
    const written = await store.insertOnboarding(db, {
      id,
      institutionId,
      productId: product.id,
      productVersion: product.version,
      kind: body.kind,
      requestedBy: actor.personId,
      at: now,
      institutionData: institution,
      billing: body.billing,
      geographicAreas: body.geographicAreas,
      manager: sealed(body.manager),
      administrators: body.administrators.map(sealed),
    });
    if (!written) return fail("already-awaiting-signature");
    emit(
      "onboarding.submitted",
      { onboardingId: id, productId: product.id, productVersion: product.version, ipaCode: registered.ipa_code },
      {
        institutionId,
        personal: {
          manager: `${body.manager.givenName} ${body.manager.familyName}`,
          administrators: body.administrators.map((a) => `${a.givenName} ${a.familyName}`).join(", "),
        },
      },
    );
    return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, id))!]))[0]!;
  });
