import { mayMove, type OnboardingState } from "@area/api";
import {
  countersignatureLate,
  issuedBytes,
  ofOnboarding,
  signAgreement,
  signaturesOf,
  signedBytes,
  storeProof,
  storeSigned,
} from "../agreements/index.ts";
import type { Parts } from "../ports/index.ts";
import { sealFile } from "../ports/signature/index.ts";
import { productVersion } from "../products/index.ts";
import { completeOnboarding } from "./complete-onboarding.ts";
import * as store from "./store.ts";

const LATE_MINUTES = 15;
const waits = (state: string | undefined) => state === "awaiting-countersignature";

const read = (parts: Parts, onboardingId: string) =>
  parts.database.asSystem(async ({ db }) => {
    const o = await store.onboarding(db, onboardingId);
    const agreement = o ? await ofOnboarding(db, o.id) : undefined;
    if (!o || !agreement || !waits(o.state)) return null;
    const product = await productVersion(db, o.product_id, o.product_version);
    return { o, agreement, title: product.configuration.title, steps: await signaturesOf(db, [agreement.id]) };
  });

/**
 * The company's seal over what the institution signed. The sealed file is looked at as every other: the first signature must
 * still hold. Outside any transaction until it is whole; done twice, the second finds it done.
 */
export const countersign = async (parts: Parts, onboardingId: string, traceId?: string): Promise<void> => {
  const { ports, cipher, clock } = parts;
  const found = await read(parts, onboardingId);
  if (!found) return;
  const { o, agreement, title } = found;
  if (!ports.seal) throw new Error("no seal is set (SEAL_CREDENTIAL_ID): the company cannot sign");
  const [issued, signed] = [await issuedBytes(parts, agreement), await signedBytes(parts, agreement)];
  const form = agreement.signed_form as "CAdES" | "PAdES";
  const now = clock();
  const signer = found.steps.find((one) => one.party === "institution");
  const expectedSigner = { fiscalCode: cipher.open(signer!.fiscal_code!) };
  const attempt = async (around: boolean) => {
    const sealed = await sealFile(ports.seal!, signed, form, now, around);
    const report = await ports.signatures.check({
      file: sealed.bytes,
      issued: {
        bytes: issued,
        sha256: Buffer.from(agreement.sha256).toString("hex"),
        length: Number(agreement.length),
        at: agreement.written_at,
        earlier: [],
      },
      expectedSigner,
      seal: sealed.certificate,
      now,
    });
    return { ...sealed, report };
  };
  // A PDF that its programs left so that it cannot be continued is put inside an envelope instead.
  const first = form === "PAdES" ? await attempt(false).catch(() => null) : null;
  const sealed = first?.report.accepted ? first : await attempt(true);
  if (!sealed.report.accepted)
    throw new Error(
      `agreement ${agreement.id}: the sealed file does not hold (${sealed.report.checks.find((c) => c.outcome === "failed")?.problem ?? "?"})`,
    );
  const { report, bytes } = sealed;
  const storageKey = await storeSigned(parts, agreement, bytes, sealed.form, report.sha256);
  const proof = await storeProof(parts, agreement, {
    institutionName: (o.institution_data as { name: string }).name,
    productTitle: title,
    issued,
    signed: bytes,
    checked: report,
    at: now,
  });
  await parts.act(
    { kind: "system", name: "onboarding" },
    async ({ db, emit, now: at, enter }) => {
      const locked = await store.lockOnboarding(db, onboardingId);
      if (!locked || !mayMove(locked.state as OnboardingState, "completed") || !waits(locked.state)) return;
      enter({ institution: o.institution_id });
      await signAgreement({ db, emit, now: at }, agreement, {
        form: sealed.form,
        sha256: report.sha256,
        length: bytes.length,
        storageKey,
        signers: report.signers.map((one) => one.name),
        proof,
        seal: sealed.name,
      });
      if (!(await completeOnboarding(parts, { db, emit, now: at }, locked)))
        throw new Error(`onboarding ${onboardingId} was sealed and its product is active already`);
    },
    traceId ? { traceId } : {},
  );
};

/** Once, when the company's own signature is late: nobody of the institution can do anything about it. */
export const tellLate = async (parts: Parts, onboardingId: string): Promise<void> => {
  const found = await read(parts, onboardingId);
  const since = found?.steps.find((one) => one.party === "company")?.since;
  if (!found || !since || parts.clock().getTime() - since.getTime() < LATE_MINUTES * 60_000) return;
  const { o, agreement } = found;
  await parts.act({ kind: "system", name: "onboarding" }, async ({ db, emit, now, enter }) => {
    enter({ institution: o.institution_id });
    if (await countersignatureLate(db, agreement.id, now))
      emit(
        "agreements.countersignature.late",
        { agreementId: agreement.id, onboardingId, productId: o.product_id },
        { institutionId: o.institution_id },
      );
  });
};
