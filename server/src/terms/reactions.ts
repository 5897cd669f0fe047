import type { EventPayload } from "@area/api";
import { recordPending } from "../agreements/index.ts";
import { institutionFacts, productState, suspendProduct } from "../institutions/index.ts";
import { languagesOf, notify } from "../notifications/index.ts";
import { representativeToSign } from "../people/index.ts";
import type { Reaction, Schedule } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import { writeVersion } from "./acceptances.ts";
import { askOne, concerned, heldVersion } from "./asking.ts";
import { acceptedLetter, askedLetter, conventionLetter, overdueLetter, type Told } from "./letters.ts";
import { titlesOf } from "./shown.ts";
import { SIGN_AGREEMENT } from "./signable.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;
const BATCH = 200;
const by = { kind: "system", name: "terms" } as const;

export const reactions = (parts: Parts): Record<string, Reaction> => {
  const { act, database, cipher, config } = parts;

  const letterFor = (acceptanceId: string) =>
    database.asSystem(async ({ db }) => {
      const a = await store.acceptance(db, acceptanceId);
      if (!a || a.way === "none") return null;
      const institution = await institutionFacts(db, a.institution_id);
      const representative = await representativeToSign(db, a.institution_id);
      const title = (await titlesOf(db))(a.product_id);
      const page = `${config.publicUrl}/enti/${a.institution_id}/documenti/versioni/${a.id}`;
      const told: Told = {
        institution: institution.name,
        product: title,
        summary: a.summary,
        way: a.way as "online",
        signer: representative ? `${representative.given_name} ${representative.family_name}` : null,
        dueAt: a.due_at,
        suspends: a.overdue === "suspends",
        link:
          a.way === "signature" && a.agreement_id
            ? `${config.publicUrl}/accordo/${cipher.signToken({ purpose: SIGN_AGREEMENT, id: a.agreement_id, expires: a.due_at.getTime() + 365 * DAY })}`
            : page,
      };
      return { a, told, page, pec: institution.pec, languages: languagesOf({ zipCode: institution.zip_code }) };
    });

  return {
    /** A new version is out: whoever holds to another is asked, some at a time. Repeated, it finds them asked. */
    "terms:ask": {
      on: ["terms.version.published"],
      react: async (fact) => {
        const { template, version, way } = fact.payload as EventPayload<"terms.version.published">;
        if (way === "none") return;
        const p = await database.asSystem(({ db }) => store.publication(db, template, version));
        if (!p) return;
        let after: { institutionId: string; productId: string } | null = null;
        do {
          const some: Awaited<ReturnType<typeof concerned>> = await database.asSystem((tx) =>
            concerned(tx, template, version, after, BATCH),
          );
          for (const one of some.items)
            await act(
              by,
              async ({ db, emit, now, enter }) => {
                enter({ institution: one.institutionId });
                await askOne({ db, emit, now }, one, p);
              },
              { traceId: fact.traceId },
            );
          after = some.next;
        } while (after);
      },
    },

    /** Who was on the way when the text changed joined with the one before: they are asked as soon as they are in. */
    "terms:ask-newcomer": {
      on: ["onboarding.completed"],
      react: async (fact) => {
        const { institutionId } = fact;
        const { productId } = fact.payload as EventPayload<"onboarding.completed">;
        if (!institutionId) return;
        const found = await database.asSystem(async ({ db }) => {
          const own = await store.onboardingOfProduct(db, institutionId, productId);
          if (own?.state !== "active") return null;
          for (const text of await store.latestTexts(db)) {
            const row = { ...own, institution_id: institutionId, product_id: productId };
            const held = await heldVersion(db, text.id, row);
            const p = held && held !== text.version ? await store.publication(db, text.id, text.version) : undefined;
            if (held && p && p.way !== "none") return { held, p };
          }
          return null;
        });
        if (!found) return;
        await act(
          by,
          async ({ db, emit, now, enter }) => {
            enter({ institution: institutionId });
            await askOne({ db, emit, now }, { institutionId, productId, fromVersion: found.held }, found.p);
          },
          { traceId: fact.traceId },
        );
      },
    },

    /** Where a signature is wanted the document is written at once, for the link to lead to it. */
    "terms:write": {
      on: ["terms.acceptance.asked"],
      react: async (fact) => {
        const { acceptanceId, way } = fact.payload as EventPayload<"terms.acceptance.asked">;
        if (way !== "signature") return;
        const a = await database.asSystem(({ db }) => store.acceptance(db, acceptanceId));
        if (!a || a.agreement_id || a.state !== "asked") return;
        const written = await writeVersion(parts, a, a.asked_at);
        if (!written) return;
        await act(
          by,
          async ({ db, emit, enter }) => {
            await store.lockAcceptance(db, acceptanceId);
            const locked = await store.acceptance(db, acceptanceId);
            if (!locked || locked.agreement_id || locked.state !== "asked") return;
            enter({ institution: a.institution_id });
            await recordPending(db, written);
            await store.setDocument(db, a.id, written.id);
            emit(
              "terms.document.written",
              {
                acceptanceId,
                agreementId: written.id,
                productId: a.product_id,
                sha256: written.sha256.toString("hex"),
              },
              { institutionId: a.institution_id },
            );
          },
          { traceId: fact.traceId },
        );
      },
    },

    /** What is asked, remembered, late or done is told to the certified mailbox; who may act finds it in the inbox. */
    "terms:send": {
      on: [
        "terms.acceptance.asked",
        "terms.document.written",
        "terms.acceptance.reminded",
        "terms.acceptance.overdue",
        "terms.acceptance.accepted",
      ],
      react: async (fact) => {
        const { acceptanceId } = fact.payload as EventPayload<"terms.acceptance.overdue">;
        const found = await letterFor(acceptanceId);
        if (!found) return;
        const { a, told, languages, page, pec } = found;
        // With a signature the letter waits for the document.
        if (fact.type === "terms.acceptance.asked" && a.way === "signature") return;
        if (fact.type !== "terms.acceptance.accepted" && a.state !== "asked" && a.state !== "overdue") return;
        const letter =
          fact.type === "terms.acceptance.accepted"
            ? acceptedLetter(languages, { ...told, by: a.accepted_by ?? "", at: a.accepted_at ?? fact.at, link: page })
            : fact.type === "terms.acceptance.overdue"
              ? overdueLetter(languages, told)
              : askedLetter(
                  languages,
                  told,
                  fact.type === "terms.acceptance.reminded"
                    ? (fact.payload as EventPayload<"terms.acceptance.reminded">).daysLeft
                    : null,
                );
        await notify(parts, `event ${fact.id}`, { kind: "pec", to: pec, institutionId: a.institution_id, ...letter });
      },
    },

    /** A convention that was asked for goes to the certified mailbox to be signed, and what became of it too. */
    "terms:send-convention": {
      on: ["terms.convention.asked", "terms.convention.signed", "terms.convention.ended"],
      react: async (fact) => {
        const { agreementId } = fact.payload as EventPayload<"terms.convention.signed">;
        const found = await database.asSystem(async ({ db }) => {
          const a = await store.agreement(db, agreementId);
          if (!a) return null;
          const product = await productVersion(db, a.product_id, a.product_version);
          const representative = await representativeToSign(db, a.institution_id);
          return { a, product, representative, institution: await institutionFacts(db, a.institution_id) };
        });
        if (!found) return;
        const { a, product, representative, institution } = found;
        if (fact.type === "terms.convention.asked" && a.state !== "pending") return;
        const ends = a.expires_at ?? fact.at;
        const letter = conventionLetter(
          languagesOf({ zipCode: institution.zip_code }),
          fact.type === "terms.convention.asked"
            ? "asked"
            : fact.type === "terms.convention.signed"
              ? "signed"
              : (fact.payload as EventPayload<"terms.convention.ended">).because,
          {
            institution: institution.name,
            product: product.configuration.title,
            convention: product.configuration.conventions.find((c) => c.id === a.convention_id)?.title ?? "",
            signer: representative ? `${representative.given_name} ${representative.family_name}` : "",
            dueAt: ends,
            link:
              fact.type === "terms.convention.asked"
                ? `${config.publicUrl}/accordo/${cipher.signToken({ purpose: SIGN_AGREEMENT, id: a.id, expires: ends.getTime() })}`
                : `${config.publicUrl}/enti/${a.institution_id}/documenti`,
          },
        );
        await notify(parts, `event ${fact.id}`, {
          kind: "pec",
          to: institution.pec,
          institutionId: a.institution_id,
          ...letter,
        });
      },
    },

    /** An institution that left a product has nothing to accept there. */
    "terms:end": {
      on: ["institutions.product.ended"],
      react: async (fact) => {
        const { institutionId } = fact;
        const { productId } = fact.payload as EventPayload<"institutions.product.ended">;
        if (!institutionId) return;
        await act(
          by,
          async ({ db, emit, enter }) => {
            enter({ institution: institutionId });
            for (const { id } of await store.endOfProduct(db, institutionId, productId))
              emit("terms.acceptance.ended", { acceptanceId: id, productId }, { institutionId });
          },
          { traceId: fact.traceId },
        );
      },
    },
  };
};

export const schedules = (parts: Parts): Record<string, Schedule> => ({
  /** On the days that the version says, each once. */
  "terms:remind": {
    everyMinutes: 30,
    run: async (now) => {
      const soon = await parts.database.asSystem(({ db }) => store.endingBy(db, new Date(now.getTime() + 365 * DAY)));
      for (const a of soon) {
        const left = (a.due_at.getTime() - now.getTime()) / DAY;
        const daysLeft = Math.min(...(a.reminder_days as number[]).filter((days) => left > 0 && left <= days));
        if (!Number.isFinite(daysLeft) || (a.reminded_left !== null && a.reminded_left <= daysLeft)) continue;
        await parts.act(by, async ({ db, emit, enter }) => {
          await store.lockAcceptance(db, a.id);
          const locked = await store.acceptance(db, a.id);
          if (locked?.state !== "asked" || (locked.reminded_left !== null && locked.reminded_left <= daysLeft)) return;
          enter({ institution: a.institution_id });
          await store.reminded(db, a.id, daysLeft);
          emit(
            "terms.acceptance.reminded",
            { acceptanceId: a.id, productId: a.product_id, daysLeft },
            { institutionId: a.institution_id },
          );
        });
      }
    },
  },
  /** A convention that nobody signed in time is over, and can be asked for again. */
  "terms:expire-conventions": {
    everyMinutes: 15,
    run: async (now) => {
      for (const { id } of await parts.database.asSystem(({ db }) => store.conventionsToExpire(db, now)))
        await parts.act(by, async ({ db, emit, enter }) => {
          const a = await store.lockAgreement(db, id);
          if (a?.state !== "pending" || !a.expires_at || a.expires_at > now) return;
          enter({ institution: a.institution_id });
          await store.endAgreement(db, id, now);
          emit(
            "terms.convention.ended",
            { agreementId: id, productId: a.product_id, convention: a.convention_id ?? "", because: "expired" },
            { institutionId: a.institution_id },
          );
        });
    },
  },
  /** The time to accept passes by itself: the state says so, and what the version said happens. */
  "terms:overdue": {
    everyMinutes: 5,
    run: async (now) => {
      for (const { id } of await parts.database.asSystem(({ db }) => store.endingBy(db, now)))
        await parts.act(by, async ({ db, emit, enter }) => {
          await store.lockAcceptance(db, id);
          const a = await store.acceptance(db, id);
          if (a?.state !== "asked" || a.due_at > now) return;
          enter({ institution: a.institution_id });
          await store.setState(db, id, { state: "overdue" });
          const at = { institutionId: a.institution_id };
          if (
            a.overdue === "suspends" &&
            (await productState(db, a.institution_id, a.product_id)) === "active" &&
            (await suspendProduct(db, a.institution_id, a.product_id))
          )
            emit("institutions.product.suspended", { productId: a.product_id, because: "terms" }, at);
          emit("terms.acceptance.overdue", { acceptanceId: id, productId: a.product_id }, at);
        });
    },
  },
});
