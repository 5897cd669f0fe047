import { type Signable, signAgreement, storeProof, storeSigned, type ToSign } from "../agreements/index.ts";
import { institutionName, productState } from "../institutions/index.ts";
import { representativeToSign } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { isOpen, settleAccepted } from "./acceptances.ts";
import * as store from "./store.ts";

/** The purpose of a link to an agreement that no onboarding asked for. */
export const SIGN_AGREEMENT = "sign-standing-agreement";

const stateOf = (a: store.AgreementOfTerms): ToSign["state"] =>
  a.state === "active" ? "completed" : a.state === "ended" ? "superseded" : "awaiting-signature";

/** A new version that wants a signature: signed by the link of the PEC, or from the portal. */
export const signableAgreement = (parts: Parts): Signable<Awaited<ReturnType<typeof keepFiles>>> => {
  const { cipher } = parts;
  return {
    find: async (db, id) => {
      const a = await store.agreement(db, id);
      const representative = a && (await representativeToSign(db, a.institution_id));
      if (!a || a.kind === "adhesion" || !representative) return null;
      const product = (await publishedProduct(db, a.product_id))?.configuration;
      return {
        kind: a.kind as "version",
        institutionId: a.institution_id,
        institutionName: await institutionName(db, a.institution_id),
        productTitle:
          product?.conventions.find((c) => c.id === a.convention_id)?.title ?? product?.title ?? a.product_id,
        state: stateOf(a),
        signer: {
          name: `${representative.given_name} ${representative.family_name}`,
          fiscalCode: cipher.open(representative.fiscal_code),
        },
        expiresAt: a.expires_at ?? a.written_at,
        document: {
          name: a.file_name,
          length: Number(a.length),
          sha256: a.sha256,
          storageKey: a.storage_key,
          at: a.written_at,
        },
        earlier: [],
      };
    },
    keep: (id, found, file) => keepFiles(parts, id, found, file),
    signed: async (tx, id, kept) => {
      const one = await store.acceptanceOfAgreement(tx.db, id);
      if (!one) return signConvention(tx, id, kept);
      await store.lockAcceptance(tx.db, one.id);
      const locked = (await store.acceptance(tx.db, one.id))!;
      if (!isOpen(locked.state)) return locked.state === "accepted" ? "link-used" : "onboarding-superseded";
      const a = (await store.agreement(tx.db, id))!;
      await signAgreement(tx, a, kept);
      await settleAccepted(tx, locked, { name: kept.signers.join(", "), agreementId: id, way: "signature" });
      return null;
    },
  };
};

/** A convention holds from its signature, while its product does. */
const signConvention: Signable<Awaited<ReturnType<typeof keepFiles>>>["signed"] = async (tx, id, kept) => {
  const a = await store.lockAgreement(tx.db, id);
  if (a?.kind !== "convention") return "link-invalid";
  if (a.state !== "pending") return a.state === "active" ? "link-used" : "onboarding-superseded";
  if (a.expires_at && a.expires_at <= tx.now) return "link-expired";
  if ((await productState(tx.db, a.institution_id, a.product_id)) !== "active") return "product-not-active";
  await signAgreement(tx, a, kept);
  tx.emit(
    "terms.convention.signed",
    { agreementId: id, productId: a.product_id, convention: a.convention_id ?? "" },
    { institutionId: a.institution_id },
  );
  return null;
};

const keepFiles = async (parts: Parts, id: string, found: ToSign, file: Parameters<Signable["keep"]>[2]) => {
  const a = await parts.database.asSystem(({ db }: { db: Db }) => store.agreement(db, id));
  if (!a) throw new Error(`agreement ${id} is not there`);
  const { checked } = file;
  return {
    form: checked.form!,
    sha256: checked.sha256,
    length: file.bytes.length,
    signers: checked.signers.map((s) => s.name),
    storageKey: await storeSigned(parts, a, file.bytes, checked.form!, checked.sha256),
    proof: await storeProof(parts, a, {
      institutionName: found.institutionName,
      productTitle: found.productTitle,
      issued: file.issued,
      signed: file.bytes,
      checked,
      at: file.at,
    }),
  };
};
