import { api, mayMove, type OnboardingState, type ProblemCode, type ProblemFacts } from "@area/api";
import {
  issuedBefore,
  issuedBytes,
  ofOnboarding,
  type Signable,
  type StoredProof,
  signAgreement,
  signingOf,
  storeProof,
  storeSigned,
} from "../agreements/index.ts";
import { productState } from "../institutions/index.ts";
import type { Cipher } from "../platform/cipher.ts";
import { handle, type UploadedFile } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import type { CheckedAgreement } from "../ports/signature/index.ts";
import { readAll } from "../ports/storage/index.ts";
import { productVersion } from "../products/index.ts";
import { cancel } from "./cancel-onboarding.ts";
import { completeOnboarding } from "./complete-onboarding.ts";
import * as store from "./store.ts";
import { CANCEL, SIGN } from "./tokens.ts";

type Refuse = (code: "link-invalid" | "link-expired") => never;

/** Whose link this is, if we signed it and its time is not over. Opening one consumes nothing. */
const holderOf = (
  cipher: Cipher,
  token: string,
  purposes: readonly string[],
  now: Date,
  fail: Refuse,
): { id: string; purpose: string } => {
  for (const purpose of purposes) {
    const claims = cipher.readToken(token, purpose);
    if (!claims) continue;
    if (claims.expires <= now.getTime()) return fail("link-expired");
    return { id: claims.id, purpose };
  }
  return fail("link-invalid");
};

/** A dry run keeps no file. */
const noProof: StoredProof = { sha256: Buffer.alloc(32), length: 0, storageKey: "" };

type Row = NonNullable<Awaited<ReturnType<typeof store.onboarding>>>;
const nameOf = (o: Row) => (o.institution_data as { name: string }).name;
const signerOf = (o: Row) => [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" ");
/** Who signs. Where nobody does there is no agreement, and no link to one. */
const managerOf = (o: Row) => {
  if (!o.manager_fiscal_code) throw new Error(`onboarding ${o.id} has an agreement and nobody to sign it`);
  return { fiscalCode: o.manager_fiscal_code };
};
/** A link speaks of an agreement: before there is one it is not ready, after a no it is over. */
const linkState = (state: OnboardingState) =>
  state === "to-be-reviewed" || state === "changes-requested"
    ? ("submitted" as const)
    : state === "rejected"
      ? ("cancelled" as const)
      : state;

export const linkHandlers = (parts: Parts, signables: Record<string, Signable>) => {
  const { cipher, ports } = parts;
  const signing = [SIGN, ...Object.keys(signables)];
  const linkApi = api.onboarding.links;

  /** Looks at a signed file in every way, outside any transaction. */
  const examine = async (onboardingId: string, file: UploadedFile, now: Date) => {
    const found = await parts.database.asSystem(async ({ db }) => {
      const o = await store.onboarding(db, onboardingId);
      const agreement = o ? await ofOnboarding(db, o.id) : undefined;
      const product = o ? await productVersion(db, o.product_id, o.product_version) : null;
      return {
        o,
        agreement,
        productTitle: product?.configuration.title ?? "",
        earlier: agreement ? await issuedBefore(db, agreement) : [],
      };
    });
    if (!found.o || !found.agreement) return { ...found, report: null, issued: null };
    const issued = await issuedBytes(parts, found.agreement);
    const report = await ports.signatures.check({
      file: file.bytes,
      issued: {
        bytes: issued,
        sha256: Buffer.from(found.agreement.sha256).toString("hex"),
        length: Number(found.agreement.length),
        at: found.agreement.written_at,
        earlier: found.earlier.map((one) => ({
          sha256: Buffer.from(one.sha256).toString("hex"),
          length: Number(one.length),
          at: one.written_at,
        })),
      },
      expectedSigner: { fiscalCode: cipher.open(managerOf(found.o).fiscalCode) },
      now,
    });
    // What the page compares: the signer's name that is expected, in words.
    const checks = report.checks.map((c) =>
      c.code === "signer" && c.outcome === "failed"
        ? { ...c, facts: { ...c.facts, expectedName: signerOf(found.o!) } }
        : c,
    );
    return { ...found, report: { ...report, checks }, issued };
  };

  /** What another room lets people sign by a link: read, and looked at in the same ways. */
  const examineOther = async (signable: Signable, id: string, file: UploadedFile | null, now: Date) => {
    const found = await parts.database.asSystem(({ db }) => signable.find(db, id));
    if (!found) return null;
    const { document } = found;
    const stored = await ports.storage.get(document.storageKey);
    if (!stored) throw new Error(`${found.kind} ${id} has lost its file`);
    const issued = await readAll(stored);
    if (!file) return { found, issued, report: null };
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
    const report = await ports.signatures.check({
      file: file.bytes,
      issued: {
        bytes: issued,
        sha256: hex(document.sha256),
        length: document.length,
        at: document.at,
        earlier: found.earlier.map((one) => ({ ...one, sha256: hex(one.sha256) })),
      },
      expectedSigner: { fiscalCode: found.signer.fiscalCode },
      now,
    });
    const checks = report.checks.map((c) =>
      c.code === "signer" && c.outcome === "failed"
        ? { ...c, facts: { ...c.facts, expectedName: found.signer.name } }
        : c,
    );
    return { found, issued, report: { ...report, checks } };
  };

  return {
    read: handle(linkApi.read, async ({ body }, { db, now, fail }) => {
      const { id: onboardingId, purpose } = holderOf(cipher, body.token, [...signing, CANCEL], now, fail);
      const signable = signables[purpose];
      if (signable) {
        const found = await signable.find(db, onboardingId);
        if (!found) return fail("link-invalid");
        return {
          purpose: "sign" as const,
          kind: found.kind,
          state: found.state,
          productTitle: found.productTitle,
          institutionName: found.institutionName,
          signer: found.signer.name,
          signing: [],
          expiresAt: found.expiresAt.toISOString(),
          agreement: {
            name: found.document.name,
            length: found.document.length,
            sha256: Buffer.from(found.document.sha256).toString("hex"),
          },
        };
      }
      const o = await store.onboarding(db, onboardingId);
      if (!o) return fail("onboarding-unknown");
      const agreement = await ofOnboarding(db, o.id);
      return {
        purpose: purpose === SIGN ? ("sign" as const) : ("cancel" as const),
        kind: "adhesion" as const,
        state: linkState(o.state as OnboardingState),
        productTitle: (await productVersion(db, o.product_id, o.product_version)).configuration.title,
        institutionName: nameOf(o),
        signer: signerOf(o),
        signing: agreement ? (await signingOf(db, [agreement.id]))(agreement.id) : [],
        expiresAt: (o.expires_at ?? now).toISOString(),
        agreement: agreement
          ? {
              name: agreement.file_name,
              length: Number(agreement.length),
              sha256: Buffer.from(agreement.sha256).toString("hex"),
            }
          : null,
      };
    }),

    document: handle(linkApi.document, {
      prepare: async ({ body }, { now, read, fail }) => {
        const { id: onboardingId, purpose } = holderOf(cipher, body.token, signing, now, fail);
        const signable = signables[purpose];
        if (signable) {
          const other = await examineOther(signable, onboardingId, null, now);
          if (!other) return fail("link-invalid");
          const { found, issued } = other;
          return { name: found.document.name, mediaType: "application/pdf", bytes: issued, length: issued.length };
        }
        const { o, agreement } = await read({ purpose: "system" }, async ({ db }) => ({
          o: await store.onboarding(db, onboardingId),
          agreement: await ofOnboarding(db, onboardingId),
        }));
        if (!o) return fail("onboarding-unknown");
        if (o.state === "cancelled") return fail("onboarding-cancelled");
        if (!agreement) return fail("agreement-not-ready");
        const bytes = await issuedBytes(parts, agreement);
        return { name: agreement.file_name, mediaType: "application/pdf", bytes, length: bytes.length };
      },
      run: async (_input, _context, found) => found,
    }),

    check: handle(linkApi.check, {
      prepare: async ({ body, file }, { now, fail }) => {
        const { id: onboardingId, purpose } = holderOf(cipher, body.token, signing, now, fail);
        const signable = signables[purpose];
        if (signable) return (await examineOther(signable, onboardingId, file!, now))?.report ?? fail("link-invalid");
        const { o, report } = await examine(onboardingId, file!, now);
        if (!o) return fail("onboarding-unknown");
        return report ?? fail("agreement-not-ready");
      },
      run: async (_input, _context, report) => ({
        accepted: report.accepted,
        form: report.form,
        checks: report.checks,
      }),
    }),

    /**
     * The signed agreement arrives: everything that makes the institution active happens here, in one transaction, or nothing does.
     */
    upload: handle(linkApi.upload, {
      prepare: async ({ body, file }, { now, fail, dryRun }) => {
        const { id: onboardingId, purpose } = holderOf(cipher, body.token, signing, now, fail);
        const signable = signables[purpose];
        if (signable) {
          const other = await examineOther(signable, onboardingId, file!, now);
          if (!other?.report) return fail("link-invalid");
          const { found, issued, report } = other;
          refuseUnlessWaiting(found.state, fail);
          refuseUnlessAccepted(report, found.signer.name, fail);
          const kept = dryRun
            ? null
            : await signable.keep(onboardingId, found, { bytes: file!.bytes, issued, checked: report, at: now });
          return { signable, id: onboardingId, found, kept };
        }
        const { o, agreement, report, issued, productTitle } = await examine(onboardingId, file!, now);
        if (!o) return fail("onboarding-unknown");
        if (!agreement || !report) return fail("agreement-not-ready");
        refuseUnlessWaiting(o.state, fail);
        refuseUnlessAccepted(report, signerOf(o), fail);
        // Only a file that is in order is kept; a dry run keeps none.
        if (dryRun)
          return { onboardingId, agreement, report, storageKey: "", length: file!.bytes.length, proof: noProof };
        const storageKey = await storeSigned(parts, agreement, file!.bytes, report.form!, report.sha256);
        const proof = await storeProof(parts, agreement, {
          institutionName: nameOf(o),
          productTitle,
          issued: issued!,
          signed: file!.bytes,
          checked: report,
          at: now,
        });
        return { onboardingId, agreement, report, storageKey, length: file!.bytes.length, proof };
      },
      run: async (_input, { db, now, fail, emit, enter, actAs }, prepared) => {
        if (prepared.signable) {
          const { signable, id, found, kept } = prepared;
          actAs({ kind: "link", purpose: SIGN });
          enter({ institution: found.institutionId });
          const refused = kept ? await signable.signed({ db, now, emit }, id, kept) : null;
          if (refused) return fail(refused as "link-used");
          return {
            onboardingId: null,
            kind: found.kind,
            productTitle: found.productTitle,
            institutionName: found.institutionName,
            signedAt: now.toISOString(),
            completedAt: now.toISOString(),
            signer: found.signer.name,
            signing: [],
          };
        }
        const { onboardingId, agreement, report, storageKey, length, proof } = prepared;
        const o = await store.lockOnboarding(db, onboardingId);
        if (!o) return fail("onboarding-unknown");
        refuseUnlessWaiting(o.state, fail);
        actAs({ kind: "link", purpose: SIGN });
        enter({ institution: o.institution_id });
        const product = await productVersion(db, o.product_id, o.product_version);
        const state = await productState(db, o.institution_id, o.product_id);
        if (o.workflow === "aggregates" ? state !== "active" : state === "active" || state === "suspended")
          return fail(o.workflow === "aggregates" ? "product-not-active" : "already-active");

        const signers = report.signers.map((s) => s.name);
        const { next } = await signAgreement({ db, emit, now }, agreement, {
          form: report.form!,
          sha256: report.sha256,
          length,
          storageKey,
          signers,
          proof,
        });
        if (next === "company") {
          await store.move(db, o.id, "awaiting-countersignature");
          emit(
            "onboarding.signed",
            { onboardingId: o.id, productId: o.product_id, agreementId: agreement.id },
            { institutionId: o.institution_id },
          );
        } else if (!(await completeOnboarding(parts, { db, emit, now }, o))) return fail("already-active");
        return {
          onboardingId: o.id,
          kind: "adhesion" as const,
          productTitle: product.configuration.title,
          institutionName: nameOf(o),
          signedAt: now.toISOString(),
          completedAt: next ? null : now.toISOString(),
          signer: signerOf(o),
          signing: (await signingOf(db, [agreement.id]))(agreement.id),
        };
      },
    }),

    cancel: handle(linkApi.cancel, async ({ body }, { db, now, fail, emit, actAs, enter }) => {
      const { id: onboardingId } = holderOf(cipher, body.token, [CANCEL], now, fail);
      const o = await store.lockOnboarding(db, onboardingId);
      if (!o) return fail("onboarding-unknown");
      if (o.state === "cancelled") return fail("link-used");
      if (!mayMove(o.state as OnboardingState, "cancelled")) return fail("onboarding-not-cancellable");
      actAs({ kind: "link", purpose: CANCEL });
      enter({ institution: o.institution_id });
      await cancel({ db, emit }, o, "link", now);
      return {
        productTitle: (await productVersion(db, o.product_id, o.product_version)).configuration.title,
        institutionName: nameOf(o),
        cancelledAt: now.toISOString(),
      };
    }),
  };
};

const refuseUnlessWaiting = (
  state: string,
  fail: (
    code: "link-used" | "onboarding-cancelled" | "onboarding-superseded" | "link-expired" | "agreement-not-ready",
  ) => never,
): void => {
  if (state === "completed" || state === "awaiting-countersignature") fail("link-used");
  if (state === "cancelled") fail("onboarding-cancelled");
  if (state === "superseded") fail("onboarding-superseded");
  if (state === "expired") fail("link-expired");
  if (state !== "awaiting-signature") fail("agreement-not-ready");
};

/** What is wrong first, with the whole report beside it. */
const refuseUnlessAccepted = (
  report: Pick<CheckedAgreement, "accepted" | "checks" | "form">,
  expected: string,
  fail: (code: "not-a-signature", facts: ProblemFacts) => never,
): void => {
  if (report.accepted) return;
  const failed =
    report.checks.find((c) => c.outcome === "failed") ?? report.checks.find((c) => c.outcome === "to-review");
  fail((failed?.problem ?? "not-a-signature") as "not-a-signature", {
    ...factsOf(failed, expected),
    form: report.form,
    checks: report.checks,
  });
};

/** The facts that the refusal's sentence shows. */
const factsOf = (
  check: { problem?: string; facts?: Record<string, string> } | undefined,
  expected: string,
): Record<string, string> =>
  (check?.problem as ProblemCode | undefined) === "signer-not-legal-representative"
    ? { signer: check?.facts?.["name"] ?? "", expected }
    : (check?.facts ?? {});
