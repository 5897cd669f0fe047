import { randomUUID } from "node:crypto";
import { api, type Convention } from "@area/api";
import type { z } from "zod";
import { recordPending, signingOf, writeAgreement } from "../agreements/index.ts";
import { institutionFacts, lockProducts, productsOf } from "../institutions/index.ts";
import { agreementDataOf } from "../onboarding/index.ts";
import { representativeToSign } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct, publishedProducts } from "../products/index.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;
type Refusal = "product-not-active" | "convention-unknown" | "convention-open" | "representative-missing";

/** What stands on an active product with an agreement of its own: asked for, signed as agreements are, left, ended with it. */
export const conventions = (parts: Parts) => {
  const a = api.terms.conventions;
  const listed = async (db: Db, institutionId: string): Promise<z.input<typeof Convention>[]> => {
    const active = (await productsOf(db, institutionId)).filter((p) => p.state === "active");
    const own = await store.conventionsOf(db, institutionId);
    const signing = await signingOf(
      db,
      own.map((one) => one.id),
    );
    return (await publishedProducts(db)).flatMap((p) => {
      const joined = active.find((one) => one.product_id === p.id);
      if (!joined) return [];
      return p.configuration.conventions
        .map((c) => ({ c, held: own.find((one) => one.product_id === p.id && one.convention_id === c.id) }))
        .filter(({ c, held }) => held || !c.kinds || (c.kinds as string[]).includes(joined.kind))
        .map(({ c, held }) => ({
          productId: p.id,
          productTitle: p.configuration.title,
          conventionId: c.id,
          title: c.title,
          description: c.description,
          state: held ? (held.state as "pending") : ("available" as const),
          agreementId: held?.id ?? null,
          dueAt: held?.state === "pending" ? (held.expires_at?.toISOString() ?? null) : null,
          since: held?.signed_at?.toISOString() ?? null,
          signing: held ? signing(held.id) : [],
        }));
    });
  };
  /** What must hold to ask: looked at before the document is written, and again when it is put on record. */
  const ready = async (db: Db, at: { institutionId: string; productId: string; conventionId: string }) => {
    const product = await publishedProduct(db, at.productId);
    const joined = await store.onboardingOfProduct(db, at.institutionId, at.productId);
    if (!product || joined?.state !== "active") return "product-not-active" satisfies Refusal;
    const convention = product.configuration.conventions.find((c) => c.id === at.conventionId);
    if (!convention || (convention.kinds && !(convention.kinds as string[]).includes(joined.kind)))
      return "convention-unknown" satisfies Refusal;
    const own = await store.conventionsOf(db, at.institutionId);
    if (own.some((one) => one.product_id === at.productId && one.convention_id === at.conventionId))
      return "convention-open" satisfies Refusal;
    const representative = await representativeToSign(db, at.institutionId);
    const said = representative ? await agreementDataOf(parts, db, joined.onboarding_id, product) : null;
    if (!representative || !said) return "representative-missing" satisfies Refusal;
    return { product, convention, representative, said, institution: await institutionFacts(db, at.institutionId) };
  };

  return {
    list: handle(a.list, async ({ params }, { db }) => ({ items: await listed(db, params.institutionId) })),

    ask: handle(a.ask, {
      prepare: async ({ params, body }, { now, fail, read, dryRun }) => {
        const at = { ...params, ...body };
        const found = await read({ institution: params.institutionId }, ({ db }) => ready(db, at));
        if (typeof found === "string") return fail(found);
        if (dryRun) return null;
        const { product, convention, representative, said, institution } = found;
        return writeAgreement(parts, {
          key: randomUUID(),
          onboardingId: null,
          kind: "convention",
          conventionId: convention.id,
          expiresAt: new Date(now.getTime() + convention.signatureDays * DAY),
          institutionId: params.institutionId,
          productId: product.id,
          productVersion: product.version,
          requestedBy: said.requestedBy,
          template: convention.template,
          countersigner: null,
          at: now,
          data: {
            ...said.data,
            institution: { ...said.data.institution, name: institution.name, pec: institution.pec },
            signatureDays: convention.signatureDays,
            manager: {
              givenName: representative.given_name,
              familyName: representative.family_name,
              fiscalCode: parts.cipher.open(representative.fiscal_code),
            },
          },
        });
      },
      run: async ({ params, body }, { db, actor, fail, emit }, written) => {
        const at = { ...params, ...body };
        // Two who ask at once, and one who leaves the product meanwhile, take turns.
        await lockProducts(db, params.institutionId);
        const found = await ready(db, at);
        if (typeof found === "string") return fail(found);
        const of = (items: z.input<typeof Convention>[]) =>
          items.find((c) => c.productId === body.productId && c.conventionId === body.conventionId)!;
        if (!written) return of(await listed(db, params.institutionId));
        if (!(await recordPending(db, { ...written, requestedBy: actor.personId }))) return fail("convention-open");
        emit(
          "terms.convention.asked",
          {
            agreementId: written.id,
            productId: body.productId,
            convention: body.conventionId,
            sha256: written.sha256.toString("hex"),
          },
          { institutionId: params.institutionId },
        );
        return of(await listed(db, params.institutionId));
      },
    }),

    leave: handle(a.leave, async ({ params }, { db, now, fail, emit }) => {
      const found = await store.lockAgreement(db, params.agreementId);
      if (found?.institution_id !== params.institutionId || found.kind !== "convention" || found.state === "ended")
        return fail("convention-unknown");
      await store.endAgreement(db, found.id, now);
      emit(
        "terms.convention.ended",
        {
          agreementId: found.id,
          productId: found.product_id,
          convention: found.convention_id ?? "",
          because: found.state === "active" ? "left" : "withdrawn",
        },
        { institutionId: params.institutionId },
      );
    }),
  };
};
