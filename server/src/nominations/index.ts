import { randomUUID } from "node:crypto";
import { api, type Nomination, type ProblemCode } from "@area/api";
import { day } from "@area/words";
import { type Signable, type SignedFile, writeFromTemplate } from "../agreements/index.ts";
import { type InstitutionFacts, institutionFacts, institutionName, productState } from "../institutions/index.ts";
import { mayAppoint, nominate, representativeToSign } from "../people/index.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { readAll } from "../ports/storage/index.ts";
import { publishedProduct } from "../products/index.ts";
import { reactions, SIGN_NOMINATION } from "./reactions.ts";
import * as store from "./store.ts";

/** A nomination has no end of its own: its link does. */
const LINK_DAYS = 60;
const DAY = 86_400_000;
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

  /** The signed document makes the membership; by who uploads it, or by who wrote it when it comes by a link. */
  const complete = async (
    tx: { db: Db; now: Date; emit: Recorder["emit"] },
    nominationId: string,
    signed: { form: "CAdES" | "PAdES"; sha256: Buffer; storageKey: string },
    by: string | null,
  ): Promise<ProblemCode | null> => {
    const { db, now, emit } = tx;
    await store.lockNomination(db, nominationId);
    const n = await store.nominationById(db, nominationId);
    if (!n) return "nomination-unknown";
    if (n.state !== "pending") return "nomination-closed";
    if (n.signer_until) return "nomination-outdated";
    const institutionId = n.institution_id;
    if ((await productState(db, institutionId, n.product_id)) !== "active") return "product-not-active";
    const made = await nominate(parts, { db, now, emit }, institutionId, {
      named: {
        givenName: n.given_name,
        familyName: n.family_name,
        fiscalCode: cipher.open(n.fiscal_code),
        email: cipher.open(n.email),
      },
      productId: n.product_id,
      endsAt: n.ends_at,
      givenBy: by ?? n.opened_by,
    });
    if (typeof made === "string") return made;
    await store.markSigned(db, n.id, { at: now, ...signed, membershipId: made.id });
    emit(
      "people.nomination.signed",
      { nominationId: n.id, productId: n.product_id, membershipId: made.id, form: signed.form },
      { institutionId },
    );
    return null;
  };
  const keyOf = (id: string, form: string, sha256: string) =>
    `nominations/${id}-signed-${sha256.slice(0, 16)}.${form === "CAdES" ? "p7m" : "pdf"}`;

  /** The same document signed by the link of the PEC, or from the portal with a remote signature. */
  const signable: Signable<SignedFile> = {
    find: async (db, id) => {
      const n = await store.nominationById(db, id);
      if (!n) return null;
      return {
        kind: "nomination",
        institutionId: n.institution_id,
        institutionName: await institutionName(db, n.institution_id),
        productTitle: (await publishedProduct(db, n.product_id))?.configuration.title ?? n.product_id,
        state:
          n.state === "signed"
            ? "completed"
            : n.state === "cancelled"
              ? "cancelled"
              : n.signer_until
                ? "superseded"
                : "awaiting-signature",
        signer: { name: n.signer, fiscalCode: cipher.open(n.signer_code) },
        expiresAt: new Date(n.opened_at.getTime() + LINK_DAYS * DAY),
        document: {
          name: n.file_name,
          length: Number(n.length),
          sha256: n.sha256,
          storageKey: n.storage_key,
          at: n.opened_at,
        },
        earlier: [],
      };
    },
    keep: async (id, _found, { bytes, checked }) => {
      const form = checked.form!;
      const storageKey = keyOf(id, form, checked.sha256);
      await ports.storage.put(storageKey, bytes, form === "CAdES" ? "application/pkcs7-mime" : "application/pdf");
      const { sha256, signers } = checked;
      return { form, sha256, length: bytes.length, signers: signers.map((one) => one.name), storageKey };
    },
    signed: (tx, id, kept) =>
      complete(tx, id, { form: kept.form, sha256: Buffer.from(kept.sha256, "hex"), storageKey: kept.storageKey }, null),
  };

  return {
    signables: { [SIGN_NOMINATION]: signable },
    reactions: reactions(parts, (id) => parts.database.asSystem(({ db }) => signable.find(db, id))),
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
          const key = keyOf(n.id, report.form!, report.sha256);
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
          const refused = await complete({ db, now, emit }, nominationId, signed, actor.personId);
          if (refused) return fail(refused as "nomination-closed");
          return shown((await store.nomination(db, institutionId, nominationId))!);
        },
      }),

      signingLink: handle(a.signingLink, async ({ params }, { db, now, fail }) => {
        const n = await store.nomination(db, params.institutionId, params.nominationId);
        if (!n) return fail("nomination-unknown");
        if (n.state !== "pending") return fail("nomination-closed");
        const token = cipher.signToken({ purpose: SIGN_NOMINATION, id: n.id, expires: now.getTime() + DAY });
        return { url: `${parts.config.publicUrl}/accordo/${token}` };
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
