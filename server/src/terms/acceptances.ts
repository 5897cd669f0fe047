import { api } from "@area/api";
import { AgreementTemplate, differenceOf, endInForce, recordAccepted, writeAgreement } from "../agreements/index.ts";
import { institutionFacts, resumeProduct } from "../institutions/index.ts";
import { agreementDataOf, personName } from "../onboarding/index.ts";
import { representativeToSign } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { shownAcceptances } from "./shown.ts";
import * as store from "./store.ts";

export const isOpen = (state: string) => state === "asked" || state === "overdue";

/** Writes the agreement of an institution with a new text: the same data, who represents it now. Null without a representative. */
export const writeVersion = async (
  parts: Parts,
  a: store.AcceptanceRow,
  at: Date,
): Promise<Awaited<ReturnType<typeof writeAgreement>> | null> => {
  const found = await parts.database.asSystem(async ({ db }) => {
    const joined = await store.onboardingOfProduct(db, a.institution_id, a.product_id);
    const representative = await representativeToSign(db, a.institution_id);
    const product = await publishedProduct(db, a.product_id);
    if (!joined || !representative || !product) return null;
    const data = await agreementDataOf(parts, db, joined.onboarding_id, product);
    const institution = await institutionFacts(db, a.institution_id);
    return data && { ...data, product, representative, institution };
  });
  if (!found) return null;
  const { representative, institution } = found;
  return writeAgreement(parts, {
    key: a.id,
    onboardingId: null,
    kind: "version",
    expiresAt: a.due_at,
    institutionId: a.institution_id,
    productId: a.product_id,
    productVersion: found.product.version,
    requestedBy: found.requestedBy,
    template: { id: a.template_id, version: a.version },
    countersigner: null,
    at,
    data: {
      ...found.data,
      institution: { ...found.data.institution, name: institution.name, pec: institution.pec },
      manager: {
        givenName: representative.given_name,
        familyName: representative.family_name,
        fiscalCode: parts.cipher.open(representative.fiscal_code),
      },
    },
  });
};

/** The new text holds: the one before ends, a product that waited for this is active again. In the caller's transaction. */
export const settleAccepted = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  a: store.AcceptanceRow,
  by: { name: string; agreementId: string; way: "online" | "signature" },
): Promise<void> => {
  const { db, emit, now } = tx;
  await store.setState(db, a.id, { state: "accepted", at: now, by: by.name, agreementId: by.agreementId });
  await endInForce(db, {
    institutionId: a.institution_id,
    productId: a.product_id,
    templateId: a.template_id,
    but: by.agreementId,
    at: now,
  });
  if (
    a.state === "overdue" &&
    a.overdue === "suspends" &&
    !(await store.stillSuspending(db, a.institution_id, a.product_id, a.id)) &&
    (await resumeProduct(db, a.institution_id, a.product_id))
  )
    emit(
      "institutions.product.resumed",
      { productId: a.product_id, because: "terms" },
      { institutionId: a.institution_id },
    );
  emit(
    "terms.acceptance.accepted",
    { acceptanceId: a.id, productId: a.product_id, template: a.template_id, version: a.version, way: by.way },
    { institutionId: a.institution_id, personal: { by: by.name } },
  );
};

/** New versions of a text, as an institution reads and accepts them. */
export const acceptances = (parts: Parts) => {
  const a = api.terms.acceptances;
  const find = async (db: Db, at: { institutionId: string; acceptanceId: string }) => {
    const found = await store.acceptance(db, at.acceptanceId);
    return found?.institution_id === at.institutionId ? found : undefined;
  };
  return {
    list: handle(a.list, async ({ params }, { db }) => ({
      items: await shownAcceptances(db, await store.acceptancesOf(db, params.institutionId)),
    })),
    read: handle(a.read, async ({ params }, { db, fail }) => {
      const one = await find(db, params);
      if (!one) return fail("acceptance-unknown");
      const versions = await store.versionsOf(db, one.template_id);
      const textOf = (version: string) => AgreementTemplate.parse(versions.find((v) => v.version === version)!.content);
      return {
        ...(await shownAcceptances(db, [one]))[0]!,
        difference: differenceOf(textOf(one.from_version), textOf(one.version)),
      };
    }),
    confirm: handle(a.confirm, {
      prepare: async ({ params, body }, { now, fail, read, dryRun }) => {
        const one = await read({ institution: params.institutionId }, ({ db }) => find(db, params));
        if (!one) return fail("acceptance-unknown");
        if (!isOpen(one.state)) return fail("acceptance-closed");
        if (one.way === "signature") return fail("acceptance-wants-signature");
        if (one.version !== body.version) return fail("acceptance-moved-on", { version: one.version });
        // A dry run keeps no file.
        if (dryRun) return null;
        return (await writeVersion(parts, one, now)) ?? fail("representative-missing");
      },
      run: async ({ params }, { db, actor, now, fail, emit, dryRun }, written) => {
        await store.lockAcceptance(db, params.acceptanceId);
        const one = await find(db, params);
        if (!one) return fail("acceptance-unknown");
        if (!isOpen(one.state)) return fail("acceptance-closed");
        if (dryRun || !written) return (await shownAcceptances(db, [one]))[0]!;
        const name = (await personName(db, [actor.personId])).get(actor.personId) ?? "";
        await recordAccepted(db, { ...written, requestedBy: actor.personId }, { name, at: now });
        await settleAccepted({ db, emit, now }, one, { name, agreementId: written.id, way: "online" });
        return (await shownAcceptances(db, [(await store.acceptance(db, one.id))!]))[0]!;
      },
    }),
  };
};
