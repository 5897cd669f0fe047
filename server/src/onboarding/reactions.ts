import {
  admissionOf,
  type Details,
  DraftContent,
  type EventPayload,
  type InstitutionKind,
  mayMove,
  type OnboardingState,
  type Workflow,
  workflows,
} from "@area/api";
import { type AgreementData, endPending, ofOnboarding, recordAgreement, writeAgreement } from "../agreements/index.ts";
import { notify } from "../notifications/index.ts";
import type { Reaction, Schedule } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProduct } from "../products/index.ts";
import type { Letter } from "./mails.ts";
import * as mails from "./mails.ts";
import { sweep as sweepRemote } from "./remote-store.ts";
import { languagesOf, type ReviewNews, reviewLetter } from "./review-mails.ts";
import * as store from "./store.ts";
import { CANCEL, HAND_OVER, SIGN } from "./tokens.ts";

const DAY = 86_400_000;
type Institution = AgreementData["institution"] & { county?: string | null };

export const reactions = (parts: Parts): Record<string, Reaction> => {
  const { cipher, database, config, act } = parts;
  const home = `${config.publicUrl}/`;

  const story = (onboardingId: string) =>
    database.asSystem(async ({ db }) => {
      const o = await store.onboarding(db, onboardingId);
      if (!o) throw new Error(`onboarding ${onboardingId} is not there`);
      const administrators = (await store.administratorsOf(db, o.id)).map((a) => ({
        givenName: a.given_name,
        familyName: a.family_name,
        fiscalCode: cipher.open(a.fiscal_code),
        email: cipher.open(a.email),
      }));
      const requester = (await store.personName(db, [o.requested_by])).get(o.requested_by) ?? "";
      return {
        o,
        administrators,
        requester,
        product: await productVersion(db, o.product_id, o.product_version),
        agreement: await ofOnboarding(db, o.id),
        institution: o.institution_data as Institution,
        requesterEmail: await store.contactAnywhere(db, o.requested_by),
        requesterLanguage: await store.languageOfPerson(db, o.requested_by),
      };
    });
  const send = (cause: string, institutionId: string | null, kind: "mail" | "pec", to: string, letter: Letter) =>
    notify(parts, cause, { kind, to, institutionId, ...letter });

  return {
    /** Writes the agreement of a submitted onboarding and starts the time to sign it. */
    "onboarding:write-agreement": {
      on: ["onboarding.submitted", "onboarding.approved"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.approved">;
        const { o, administrators, product, institution } = await story(onboardingId);
        if (o.state !== "submitted") return;
        const { signatureDays, title } = product.configuration;
        const admission = admissionOf(product.configuration, o.kind, o.origin);
        const agreementTemplate = admission?.agreementTemplate;
        if (!agreementTemplate || !o.manager_given_name || !o.manager_family_name || !o.manager_fiscal_code)
          throw new Error(`onboarding ${o.id} waits for an agreement that its product does not have`);
        const written = await writeAgreement(parts, {
          onboardingId,
          institutionId: o.institution_id,
          productId: o.product_id,
          productVersion: o.product_version,
          requestedBy: o.requested_by,
          template: agreementTemplate,
          at: o.reviewed_at ?? o.submitted_at,
          data: {
            product: { title, version: product.version },
            kind: o.kind as InstitutionKind,
            institution,
            geographicAreas: o.geographic_areas as AgreementData["geographicAreas"],
            billing: o.billing as AgreementData["billing"],
            signatureDays,
            details: o.details as Details,
            attachments: admission.attachments.map((one) => one.title),
            manager: {
              givenName: o.manager_given_name,
              familyName: o.manager_family_name,
              fiscalCode: cipher.open(o.manager_fiscal_code),
            },
            administrators: administrators.map(({ email: _, ...a }) => a),
          },
        });
        await act(
          { kind: "system", name: "onboarding" },
          async ({ db, emit, now, enter }) => {
            const locked = await store.lockOnboarding(db, onboardingId);
            if (!locked || !mayMove(locked.state as OnboardingState, "awaiting-signature")) return;
            enter({ institution: o.institution_id });
            if (await recordAgreement({ db, emit }, written))
              await store.move(db, onboardingId, "awaiting-signature", {
                expiresAt: new Date(now.getTime() + signatureDays * DAY),
              });
          },
          { traceId: fact.traceId },
        );
      },
    },

    /** Sends the agreement to the institution's certified mail, and tells who asked and who is named. */
    "onboarding:send": {
      on: ["agreements.agreement.written"],
      react: async (fact) => {
        const { onboardingId, agreementId, sha256 } = fact.payload as EventPayload<"agreements.agreement.written">;
        const { o, administrators, requester, requesterEmail, product, institution } = await story(onboardingId);
        if (o.state !== "awaiting-signature" || !o.expires_at) return;
        const cause = `event ${fact.id}`;
        const link = (path: string, purpose: string) =>
          `${config.publicUrl}${path}/${cipher.signToken({ purpose, id: o.id, expires: o.expires_at!.getTime() })}`;
        const common = {
          institution: institution.name,
          product: product.configuration.title,
          signer: [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" "),
        };
        await send(
          cause,
          o.institution_id,
          "pec",
          institution.pec,
          mails.toSign({
            ...common,
            requester,
            expiresAt: o.expires_at,
            signLink: link("/accordo", SIGN),
            cancelLink: link("/annulla", CANCEL),
            sha256,
          }),
        );
        for (const a of administrators)
          await send(
            cause,
            o.institution_id,
            "mail",
            a.email,
            mails.toAdministrator({ ...common, name: `${a.givenName} ${a.familyName}`, url: home }),
          );
        if (requesterEmail)
          await send(
            cause,
            o.institution_id,
            "mail",
            cipher.open(requesterEmail),
            mails.toRequester({
              ...common,
              name: requester,
              pec: institution.pec,
              expiresAt: o.expires_at,
              url: `${config.publicUrl}/adesione/inviata/${o.id}`,
            }),
          );
        await act(
          { kind: "system", name: "onboarding" },
          async ({ emit }) =>
            emit(
              "agreements.agreement.sent",
              { agreementId, onboardingId, productId: o.product_id },
              { institutionId: o.institution_id },
            ),
          { traceId: fact.traceId },
        );
      },
    },

    /** Everybody concerned hears that the product is active: the certified mailbox, every administrator, the legal representative. */
    "onboarding:tell-completed": {
      on: ["onboarding.completed"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.completed">;
        const { o, administrators, product, institution } = await story(onboardingId);
        const cause = `event ${fact.id}`;
        const common = { institution: institution.name, product: product.configuration.title, url: home };
        await send(
          cause,
          o.institution_id,
          "pec",
          institution.pec,
          mails.completedToInstitution({
            ...common,
            at: fact.at,
            administrators: administrators.map((a) => `${a.givenName} ${a.familyName}`),
          }),
        );
        for (const a of administrators)
          await send(
            cause,
            o.institution_id,
            "mail",
            a.email,
            mails.completedToPerson({ ...common, name: `${a.givenName} ${a.familyName}`, role: "administrator" }),
          );
        // A technology partner has nobody who signs.
        if (!o.manager_email) return;
        await send(
          cause,
          o.institution_id,
          "mail",
          cipher.open(o.manager_email),
          mails.completedToPerson({
            ...common,
            name: `${o.manager_given_name} ${o.manager_family_name}`,
            role: "manager",
          }),
        );
      },
    },

    /** A request that a person looks at first: the certified mailbox and who asked hear that it arrived, and what was decided. */
    "onboarding:tell-review": {
      on: ["onboarding.submitted", "onboarding.resubmitted", "onboarding.rejected", "onboarding.changes-requested"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.rejected">;
        const { o, product, institution, requesterEmail, requesterLanguage } = await story(onboardingId);
        if (!workflows[o.workflow as Workflow].reviewed) return;
        const what =
          fact.type === "onboarding.submitted" ? "received" : (fact.type.slice("onboarding.".length) as ReviewNews);
        const told = {
          institution: institution.name,
          product: product.configuration.title,
          note: o.review_note,
          fields: o.review_fields as { path: string; note: string }[],
          dueAt: o.review_due_at,
          url: `${config.publicUrl}/adesione/inviata/${o.id}`,
        };
        const theirs = languagesOf(institution);
        await send(`event ${fact.id}`, o.institution_id, "pec", institution.pec, reviewLetter(theirs, what, told));
        if (requesterEmail)
          await send(
            `event ${fact.id}`,
            o.institution_id,
            "mail",
            cipher.open(requesterEmail),
            reviewLetter(requesterLanguage ? [requesterLanguage] : theirs, what, told),
          );
      },
    },

    /** An onboarding that ended otherwise is told to the mailbox that had the links. */
    "onboarding:tell-ended": {
      on: ["onboarding.cancelled", "onboarding.expired", "onboarding.superseded"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.expired">;
        const { o, product, institution, agreement } = await story(onboardingId);
        // Nobody had a link yet: nothing to take back.
        if (!agreement) return;
        const why =
          fact.type === "onboarding.cancelled"
            ? "cancelled"
            : fact.type === "onboarding.expired"
              ? "expired"
              : "superseded";
        await send(
          `event ${fact.id}`,
          o.institution_id,
          "pec",
          institution.pec,
          mails.ended({ institution: institution.name, product: product.configuration.title, why, url: home }),
        );
      },
    },

    "onboarding:send-draft": {
      on: ["onboarding.draft.handed-over"],
      react: async (fact) => {
        const { draftId, handOverId } = fact.payload as EventPayload<"onboarding.draft.handed-over">;
        const found = await database.asSystem(async ({ db }) => {
          const draft = await store.draft(db, draftId);
          const given = await store.handOver(db, handOverId);
          return draft && given
            ? {
                draft,
                given,
                from: (await store.personName(db, [draft.opened_by])).get(draft.opened_by) ?? "Un collega",
                product: await publishedProduct(db, draft.product_id),
              }
            : null;
        });
        if (!found) return;
        const content = DraftContent.parse(JSON.parse(cipher.open(found.draft.content)));
        const token = cipher.signToken({
          purpose: HAND_OVER,
          id: handOverId,
          expires: found.given.expires_at.getTime(),
        });
        await send(
          `event ${fact.id}`,
          null,
          "mail",
          cipher.open(found.given.email),
          mails.draftHandedOver({
            from: found.from,
            product: found.product?.configuration.title ?? "",
            institution: content.institution?.name ?? null,
            link: `${config.publicUrl}/adesione/passata?token=${token}`,
          }),
        );
      },
    },
  };
};

export const schedules = (parts: Parts): Record<string, Schedule> => ({
  "onboarding:remote-signatures": {
    everyMinutes: 60,
    run: async (now) => void (await parts.database.asSystem(({ db }) => sweepRemote(db, now))),
  },
  /** The time to sign passes by itself: the state says so, nobody has to derive it. */
  "onboarding:expire": {
    everyMinutes: 5,
    run: async () => {
      const due = await parts.database.asSystem(({ db }) => store.expiredBy(db, parts.clock()));
      for (const { id } of due)
        await parts.act({ kind: "system", name: "onboarding" }, async ({ db, emit, now, enter }) => {
          const o = await store.lockOnboarding(db, id);
          if (!o || !mayMove(o.state as OnboardingState, "expired") || !o.expires_at || o.expires_at > now) return;
          enter({ institution: o.institution_id });
          await store.move(db, id, "expired", { endedAt: now });
          await endPending(db, id);
          emit(
            "onboarding.expired",
            { onboardingId: id, productId: o.product_id },
            { institutionId: o.institution_id },
          );
        });
    },
  },
  "onboarding:sweep-drafts": {
    everyMinutes: 24 * 60,
    run: async (now) => void (await parts.database.asSystem(({ db }) => store.sweepDrafts(db, now))),
  },
});
