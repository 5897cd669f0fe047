import { randomUUID } from "node:crypto";
import { api, type Nomination, type ProblemCode } from "@area/api";
import { day } from "@area/words";
import { writeFromTemplate } from "../agreements/index.ts";
import { type InstitutionFacts, institutionFacts, productState } from "../institutions/index.ts";
import { mayAppoint, nominate, representativeToSign } from "../people/index.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { readAll } from "../ports/storage/index.ts";
import { publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

const TEMPLATE = { id: "nomina", version: "1.0.0" };
const shown = (n: store.Row): Nomination => ({
  id: n.id,
  productId: n.product_id,
  person: { givenName: n.given_name, familyName: n.family_name },
  signer: n.signer,
  state: n.state as Nomination["state"],
  openedBy: n.opener,
  openedAt: n.opened_at.toISOString(),
  endsAt: n.ends_at?.toISOString() ?? null,
  sha256: Buffer.from(n.sha256).toString("hex"),
  signedAt: n.signed_at?.toISOString() ?? null,
});

/** Administrators named on paper: a document of ours, signed by who represents the institution, makes the membership. */
export const nominations = (parts: Parts) => {
  const { cipher, ports } = parts;
  const a = api.nominations;
  type Refusal = "product-not-active" | "nomination-not-needed" | "representative-missing" | "grant-exceeds-own";
  /** What must hold for a nomination to make sense; asked before the document is written, and again when it is put on record. */
  const ready = async (
    db: Db,
    at: { institutionId: string; productId: string; actorId: string; now: Date },
  ): Promise<
    | Refusal
    | {
        title: string;
        institution: InstitutionFacts;
        representative: NonNullable<Awaited<ReturnType<typeof representativeToSign>>>;
      }
  > => {
    if ((await productState(db, at.institutionId, at.productId)) !== "active") return "product-not-active";
    const product = (await publishedProduct(db, at.productId))!;
    if (product.configuration.nomination !== "signed") return "nomination-not-needed";
    if (!(await mayAppoint(db, at.institutionId, at.actorId, at.productId, at.now))) return "grant-exceeds-own";
    const representative = await representativeToSign(db, at.institutionId);
    if (!representative) return "representative-missing";
    return {
      title: product.configuration.title,
      institution: await institutionFacts(db, at.institutionId),
      representative,
    };
  };

  return {
    handlers: {
      list: handle(a.list, async ({ params, query }, { db }) =>
        pageOf(
          await store.nominationsOf(db, params.institutionId, {
            after: keyIn(query.cursor, AtAndId),
            limit: query.limit + 1,
          }),
          query.limit,
          shown,
          (n) => ({ at: n.opened_at.toISOString(), id: n.id }),
        ),
      ),

      open: handle(a.open, {
        prepare: async ({ params, body }, { actor, now, fail, read, dryRun }) => {
          const at = { ...params, productId: body.productId, actorId: actor!.personId, now };
          const found = await read({ institution: params.institutionId }, ({ db }) => ready(db, at));
          if (typeof found === "string") return fail(found);
          if (body.endsAt && new Date(body.endsAt) <= now) return fail("dates-out-of-order");
          const id = randomUUID();
          const { institution, representative } = found;
          const manager = {
            name: `${representative.given_name} ${representative.family_name}`,
            fiscalCode: cipher.open(representative.fiscal_code),
          };
          const name = `${body.person.givenName} ${body.person.familyName}`;
          const file = await writeFromTemplate(parts, {
            id,
            folder: "nominations",
            template: TEMPLATE,
            fileName: `nomina-${body.productId}`,
            subject: institution.name,
            at: now,
            keep: !dryRun,
            data: {
              product: { title: found.title },
              institution: { name: institution.name, taxCode: institution.tax_code, pec: institution.pec },
              person: { name, fiscalCode: body.person.fiscalCode },
              manager,
              until: body.endsAt ? day("it", body.endsAt) : "",
              writtenOn: day("it", now),
              template: `${TEMPLATE.id} ${TEMPLATE.version}`,
            },
          });
          return { id, file, representativeId: representative.id };
        },
        run: async ({ params, body }, { db, actor, now, fail, emit }, { id, file, representativeId }) => {
          const { institutionId } = params;
          const found = await ready(db, { institutionId, productId: body.productId, actorId: actor.personId, now });
          if (typeof found === "string") return fail(found);
          // Somebody else signs since the document was written: it would be of no use.
          if (found.representative.id !== representativeId) return fail("representative-missing");
          const written = await store.insertNomination(db, {
            id,
            institutionId,
            productId: body.productId,
            givenName: body.person.givenName,
            familyName: body.person.familyName,
            fiscalCode: cipher.seal(body.person.fiscalCode),
            fiscalCodeIndex: cipher.index("fiscal-code", body.person.fiscalCode),
            email: cipher.seal(body.person.email),
            endsAt: body.endsAt ? new Date(body.endsAt) : null,
            representativeId,
            openedBy: actor.personId,
            at: now,
            file,
          });
          if (!written) return fail("nomination-pending");
          emit(
            "people.nomination.opened",
            { nominationId: id, productId: body.productId, sha256: file.sha256.toString("hex") },
            { institutionId, personal: { named: `${body.person.givenName} ${body.person.familyName}` } },
          );
          return shown((await store.nomination(db, institutionId, id))!);
        },
      }),

      document: handle(a.document, {
        prepare: async ({ params }, { read, fail }) => {
          const n = await read({ institution: params.institutionId }, ({ db }) =>
            store.nomination(db, params.institutionId, params.nominationId),
          );
          if (!n) return fail("nomination-unknown");
          const stored = await ports.storage.get(n.storage_key);
          if (!stored) throw new Error(`nomination ${n.id} has lost its file`);
          return { name: n.file_name, mediaType: "application/pdf", bytes: stored.bytes, length: stored.length };
        },
        run: async (_input, _context, found) => found,
      }),

      sign: handle(a.sign, {
        prepare: async ({ params, file }, { now, fail, read, dryRun }) => {
          const n = await read({ institution: params.institutionId }, ({ db }) =>
            store.nomination(db, params.institutionId, params.nominationId),
          );
          if (!n) return fail("nomination-unknown");
          if (n.state !== "pending") return fail("nomination-closed");
          if (n.signer_until) return fail("nomination-outdated");
          const stored = await ports.storage.get(n.storage_key);
          if (!stored) throw new Error(`nomination ${n.id} has lost its file`);
          const report = await ports.signatures.check({
            file: file!.bytes,
            issued: {
              bytes: await readAll(stored),
              sha256: Buffer.from(n.sha256).toString("hex"),
              length: Number(n.length),
              at: n.opened_at,
              earlier: [],
            },
            expectedSigner: { fiscalCode: cipher.open(n.signer_code) },
            now,
          });
          const failed =
            report.checks.find((c) => c.outcome === "failed") ?? report.checks.find((c) => c.outcome === "to-review");
          if (!report.accepted)
            return fail((failed?.problem ?? "not-a-signature") as "not-a-signature", {
              ...((failed?.problem as ProblemCode | undefined) === "signer-not-legal-representative"
                ? { signer: failed?.facts?.["name"] ?? "", expected: n.signer }
                : (failed?.facts ?? {})),
              form: report.form,
              checks: report.checks,
            });
          const key = `nominations/${n.id}-signed-${report.sha256.slice(0, 16)}.${report.form === "CAdES" ? "p7m" : "pdf"}`;
          if (!dryRun)
            await ports.storage.put(
              key,
              file!.bytes,
              report.form === "CAdES" ? "application/pkcs7-mime" : "application/pdf",
            );
          return { form: report.form!, sha256: Buffer.from(report.sha256, "hex"), storageKey: key };
        },
        run: async ({ params }, { db, actor, now, fail, emit }, signed) => {
          const { institutionId, nominationId } = params;
          await store.lockNomination(db, nominationId);
          const n = await store.nomination(db, institutionId, nominationId);
          if (!n) return fail("nomination-unknown");
          if (n.state !== "pending") return fail("nomination-closed");
          if (n.signer_until) return fail("nomination-outdated");
          if ((await productState(db, institutionId, n.product_id)) !== "active") return fail("product-not-active");
          const made = await nominate(parts, { db, now, emit }, institutionId, {
            named: {
              givenName: n.given_name,
              familyName: n.family_name,
              fiscalCode: cipher.open(n.fiscal_code),
              email: cipher.open(n.email),
            },
            productId: n.product_id,
            endsAt: n.ends_at,
            givenBy: actor.personId,
          });
          if (typeof made === "string") return fail(made);
          await store.markSigned(db, n.id, { at: now, ...signed, membershipId: made.id });
          emit(
            "people.nomination.signed",
            { nominationId: n.id, productId: n.product_id, membershipId: made.id, form: signed.form },
            { institutionId },
          );
          return shown((await store.nomination(db, institutionId, nominationId))!);
        },
      }),

      cancel: handle(a.cancel, async ({ params }, { db, now, fail, emit }) => {
        const { institutionId, nominationId } = params;
        const n = await store.nomination(db, institutionId, nominationId);
        if (!n) return fail("nomination-unknown");
        if (!(await store.cancelNomination(db, nominationId, now))) return fail("nomination-closed");
        emit("people.nomination.cancelled", { nominationId, productId: n.product_id }, { institutionId });
      }),
    },
  };
};
