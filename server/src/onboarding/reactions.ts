import {
  admissionOf,
  CORRECTION_DAYS,
  DraftContent,
  type EventPayload,
  mayMove,
  type OnboardingState,
  type Workflow,
  workflows,
} from "@area/api";
import { type AgreementData, endPending, ofOnboarding, recordAgreement, writeAgreement } from "../agreements/index.ts";
import { institutionName, pecOf } from "../institutions/index.ts";
import { languageOfPerson, languagesOf, notify } from "../notifications/index.ts";
import type { Reaction, Schedule } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProduct } from "../products/index.ts";
import { findBody } from "../registries/index.ts";
import { agreementDataOf } from "./agreement-data.ts";
import { countersign, tellLate } from "./countersign.ts";
import type { Letter } from "./mails.ts";
import * as mails from "./mails.ts";
import { sweep as sweepRemote } from "./remote-store.ts";
import { type ReviewNews, reviewLetter } from "./review-mails.ts";
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
        requesterLanguage: await languageOfPerson(db, o.requested_by),
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
        const { o, product } = await story(onboardingId);
        if (o.state !== "submitted") return;
        const { signatureDays } = product.configuration;
        const agreementTemplate = admissionOf(product.configuration, o.kind, o.origin)?.agreementTemplate;
        const said = await database.asSystem(({ db }) => agreementDataOf(parts, db, o.id, product));
        if (!agreementTemplate || !said)
          throw new Error(`onboarding ${o.id} waits for an agreement that its product does not have`);
        const written = await writeAgreement(parts, {
          key: onboardingId,
          onboardingId,
          kind: "adhesion",
          expiresAt: null,
          institutionId: o.institution_id,
          productId: o.product_id,
          productVersion: o.product_version,
          requestedBy: o.requested_by,
          template: agreementTemplate,
          countersigner: product.configuration.countersigned ? config.spid.organization : null,
          at: o.reviewed_at ?? o.submitted_at,
          data: said.data,
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

    /** The letter to sign once more: as a reminder, because somebody asked, or with the new term. */
    "onboarding:send-again": {
      on: ["onboarding.reminded", "onboarding.resent", "onboarding.extended"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.resent">;
        const { o, requester, requesterEmail, product, agreement, institution } = await story(onboardingId);
        if (o.state !== "awaiting-signature" || !o.expires_at || !agreement) return;
        const link = (path: string, purpose: string) =>
          `${config.publicUrl}${path}/${cipher.signToken({ purpose, id: o.id, expires: o.expires_at!.getTime() })}`;
        const letter = mails.toSign({
          institution: institution.name,
          product: product.configuration.title,
          signer: [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" "),
          requester,
          expiresAt: o.expires_at,
          signLink: link("/accordo", SIGN),
          cancelLink: link("/annulla", CANCEL),
          sha256: Buffer.from(agreement.sha256).toString("hex"),
        });
        const again =
          fact.type === "onboarding.reminded"
            ? mails.reminder((fact.payload as EventPayload<"onboarding.reminded">).daysLeft, letter)
            : mails.toSignAgain(fact.type === "onboarding.resent" ? "resent" : "extended", letter);
        // A mailbox that is dead is mended in the registry: the letter goes where the registry says now.
        const body = institution.ipaCode
          ? await database.asSystem(({ db }) => findBody(db, institution.ipaCode!))
          : undefined;
        const to = institution.unit ? institution.pec : (body?.pec ?? institution.pec);
        await send(`event ${fact.id}`, o.institution_id, "pec", to, again);
        if (requesterEmail && fact.type === "onboarding.reminded")
          await send(
            `event ${fact.id}`,
            o.institution_id,
            "mail",
            cipher.open(requesterEmail),
            mails.toRequester({
              name: requester,
              institution: institution.name,
              product: product.configuration.title,
              pec: to,
              signer: [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" "),
              expiresAt: o.expires_at,
              url: `${config.publicUrl}/adesione/inviata/${o.id}`,
            }),
          );
      },
    },

    /** Everybody concerned hears that the product is active: the certified mailbox, every administrator, the legal representative. */
    "onboarding:tell-completed": {
      on: ["onboarding.completed"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.completed">;
        const { o, administrators, product, institution } = await story(onboardingId);
        // Who joins for others was active already: what became of the file is told when it is applied.
        if (o.workflow === "aggregates") return;
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
        // What the rules approved at once never waited for anybody.
        if (!workflows[o.workflow as Workflow].reviewed || !o.review_queued_at) return;
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
        // Nobody had a link yet: nothing to take back. A correction that nobody made is told all the same.
        if (!agreement && !(fact.type === "onboarding.expired" && o.reviewed_at)) return;
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
          agreement
            ? mails.ended({ institution: institution.name, product: product.configuration.title, why, url: home })
            : reviewLetter(languagesOf(institution), "correction-expired", {
                institution: institution.name,
                product: product.configuration.title,
                note: null,
                fields: [],
                dueAt: null,
                url: home,
              }),
        );
      },
    },

    /** Leaving a product is told to the certified mailbox: nobody should find out by what no longer works. */
    "onboarding:tell-left": {
      on: ["institutions.product.ended"],
      react: async (fact) => {
        const { productId, because } = fact.payload as EventPayload<"institutions.product.ended">;
        const { institutionId } = fact;
        if (!institutionId || because !== "left") return;
        const found = await database.asSystem(async ({ db }) => ({
          name: await institutionName(db, institutionId),
          pec: await pecOf(db, institutionId),
          product: await publishedProduct(db, productId),
        }));
        if (!found.pec || !found.product) return;
        const { title, onLeaving } = found.product.configuration;
        await send(
          `event ${fact.id}`,
          institutionId,
          "pec",
          found.pec,
          mails.left({ institution: found.name, product: title, at: fact.at, switchesOff: onLeaving, url: home }),
        );
      },
    },

    /** Where the company signs too, its seal completes what the institution signed. */
    "onboarding:countersign": {
      on: ["onboarding.signed"],
      react: async (fact) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.signed">;
        await countersign(parts, onboardingId, fact.traceId);
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
  /** What could not be sealed in the reaction's own attempts is not forgotten; and the staff hear of what waits too long. */
  "onboarding:countersign": {
    everyMinutes: 5,
    run: async () => {
      for (const { id } of await parts.database.asSystem(({ db }) => store.toCountersign(db))) {
        await countersign(parts, id).catch((error: unknown) =>
          parts.log.warn(
            { onboarding: id, error: error instanceof Error ? error.message : String(error) },
            "an agreement could not be sealed, will be tried again",
          ),
        );
        await tellLate(parts, id);
      }
    },
  },
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
  /** Before the time to sign ends the mailbox hears it again: on the days that the product says, each once. */
  "onboarding:remind": {
    everyMinutes: 30,
    run: async () => {
      const now = parts.clock();
      const soon = await parts.database.asSystem(async ({ db }) => {
        const catalogue = new Map<string, readonly number[]>();
        const due: { id: string; daysLeft: number }[] = [];
        for (const o of await store.endingBy(db, now, new Date(now.getTime() + 60 * DAY))) {
          const key = `${o.product_id} ${o.product_version}`;
          if (!catalogue.has(key))
            catalogue.set(key, (await productVersion(db, o.product_id, o.product_version)).configuration.reminderDays);
          const left = (o.expires_at!.getTime() - now.getTime()) / DAY;
          const daysLeft = Math.min(...catalogue.get(key)!.filter((days) => left <= days));
          if (Number.isFinite(daysLeft) && (o.reminded_left === null || daysLeft < o.reminded_left))
            due.push({ id: o.id, daysLeft });
        }
        return due;
      });
      for (const { id, daysLeft } of soon)
        await parts.act({ kind: "system", name: "onboarding" }, async ({ db, emit, enter }) => {
          const o = await store.lockOnboarding(db, id);
          if (o?.state !== "awaiting-signature" || (o.reminded_left !== null && o.reminded_left <= daysLeft)) return;
          enter({ institution: o.institution_id });
          await store.reminded(db, id, daysLeft);
          emit(
            "onboarding.reminded",
            { onboardingId: id, productId: o.product_id, daysLeft },
            { institutionId: o.institution_id },
          );
        });
    },
  },
  /** A request that came back and nobody corrected ends too. */
  "onboarding:expire-corrections": {
    everyMinutes: 60,
    run: async () => {
      const since = new Date(parts.clock().getTime() - CORRECTION_DAYS * DAY);
      for (const { id } of await parts.database.asSystem(({ db }) => store.uncorrectedSince(db, since)))
        await parts.act({ kind: "system", name: "onboarding" }, async ({ db, emit, now, enter }) => {
          const o = await store.lockOnboarding(db, id);
          if (o?.state !== "changes-requested" || !o.reviewed_at || o.reviewed_at > since) return;
          enter({ institution: o.institution_id });
          await store.move(db, id, "expired", { endedAt: now });
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
