import { type EventPayload, findingActs } from "@area/api";
import { answeredRequest } from "../assistance/index.ts";
import { findingOf, openOf } from "../findings/index.ts";
import { institutionName } from "../institutions/index.ts";
import { requestOf } from "../onboarding/index.ts";
import { belongs, holdersOf, recoveryToTell } from "../people/index.ts";
import type { Fact, Reaction } from "../platform/act.ts";
import type { Db, Transaction } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { sendMails, tell } from "./deliver.ts";
import * as store from "./store.ts";

const ofFinding = (id: string) => `finding ${id}`;
const ofCorrection = (onboardingId: string, round: number) => `onboarding ${onboardingId} round ${round}`;
const ofEvent = (fact: Fact) => `event ${fact.id}`;

/** A finding as the sentence of its line needs it. */
const findingFacts = async (
  db: Db,
  institutionId: string,
  f: { kind: string; facts: unknown; product_id: string | null },
) => ({
  ...(f.facts as Record<string, string>),
  finding: f.kind,
  institutionName: await institutionName(db, institutionId),
  productTitle: await titleOf(db, f.product_id),
});
const titleOf = async (db: Db, productId: string | null) =>
  productId && productId !== "institution"
    ? ((await publishedProduct(db, productId))?.configuration.title ?? productId)
    : "";

/** Facts become lines. Each line has its cause, so a repeated reaction finds it written; mails leave after the commit. */
export const reactions = (parts: Parts): Record<string, Reaction> => {
  const { database } = parts;
  const reaction = (
    on: Reaction["on"],
    write: (fact: Fact, tx: Transaction & { now: Date }) => Promise<void>,
  ): Reaction => ({
    on,
    react: async (fact) => {
      await database.asSystem((tx) => write(fact, { ...tx, now: parts.clock() }));
      await sendMails(parts);
    },
  });

  return {
    "inbox:finding": reaction(["findings.finding.raised"], async (fact, { db, connection, now }) => {
      const { findingId } = fact.payload as EventPayload<"findings.finding.raised">;
      const finding = await findingOf(db, findingId);
      if (finding?.audience !== "institution" || !finding.institution_id || finding.resolved_at) return;
      const { institution_id: institutionId } = finding;
      const may = findingActs[finding.kind as keyof typeof findingActs];
      await tell(db, await holdersOf(connection, institutionId, may, now), {
        kind: "finding",
        institutionId,
        cause: ofFinding(findingId),
        facts: await findingFacts(db, institutionId, finding),
        at: finding.raised_at,
        dueAt: finding.due_at,
      });
    }),

    "inbox:finding-resolved": reaction(["findings.finding.resolved"], async (fact, { db, now }) => {
      const { findingId } = fact.payload as EventPayload<"findings.finding.resolved">;
      await store.settle(db, ofFinding(findingId), now);
    }),

    /** Who sent an onboarding hears how it ended, unless they ended it themselves. */
    "inbox:onboarding": reaction(
      ["onboarding.completed", "onboarding.cancelled", "onboarding.expired", "onboarding.superseded"],
      async (fact, { db }) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.completed">;
        if (
          fact.type === "onboarding.cancelled" &&
          (fact.payload as EventPayload<"onboarding.cancelled">).by === "requester"
        )
          return;
        const request = await requestOf(db, onboardingId);
        if (!request) return;
        await tell(db, [request.requestedBy], {
          kind: fact.type.replace(".", "-") as "onboarding-completed",
          institutionId: fact.institutionId,
          cause: ofEvent(fact),
          facts: {
            onboardingId,
            institutionName: request.institutionName,
            productTitle: await titleOf(db, request.productId),
          },
          at: fact.at,
        });
      },
    ),

    /** What a reviewer decided or wrote is told to who sent the request; what is to correct stays open until it is sent again. */
    "inbox:review": reaction(
      ["onboarding.changes-requested", "onboarding.rejected", "reviews.message.written"],
      async (fact, { db }) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.rejected">;
        if (
          fact.type === "reviews.message.written" &&
          (fact.payload as EventPayload<"reviews.message.written">).from !== "staff"
        )
          return;
        const request = await requestOf(db, onboardingId);
        if (!request) return;
        const correcting = fact.type === "onboarding.changes-requested";
        if (correcting && request.state !== "changes-requested") return;
        await tell(db, [request.requestedBy], {
          kind: correcting
            ? "onboarding-changes-requested"
            : fact.type === "onboarding.rejected"
              ? "onboarding-rejected"
              : "onboarding-message",
          institutionId: request.institutionId,
          cause: correcting ? ofCorrection(onboardingId, request.round) : ofEvent(fact),
          facts: {
            onboardingId,
            institutionName: request.institutionName,
            productTitle: await titleOf(db, request.productId),
          },
          at: fact.at,
          // The room of onboardings writes to them itself.
          mail: false,
        });
      },
    ),
    "inbox:corrected": reaction(
      ["onboarding.resubmitted", "onboarding.cancelled", "onboarding.expired", "onboarding.superseded"],
      async (fact, { db, now }) => {
        const { onboardingId } = fact.payload as EventPayload<"onboarding.cancelled">;
        const round =
          fact.type === "onboarding.resubmitted"
            ? (fact.payload as EventPayload<"onboarding.resubmitted">).round - 1
            : (await requestOf(db, onboardingId))?.round;
        if (round) await store.settle(db, ofCorrection(onboardingId, round), now);
      },
    ),

    /** A new profile is told to its holder; what stood open before they came is laid out too, without mails. */
    "inbox:membership": reaction(["people.membership.activated"], async (fact, { db, connection, now }) => {
      const { personId, productId, profile, onboardingId } =
        fact.payload as EventPayload<"people.membership.activated">;
      const { institutionId } = fact;
      // An onboarding gives its administrators two memberships at once and writes to them itself: one line, no mail.
      if (!institutionId || (onboardingId && productId !== "institution")) return;
      await tell(db, [personId], {
        kind: "membership-activated",
        institutionId,
        cause: ofEvent(fact),
        facts: {
          profile,
          productId,
          productTitle: await titleOf(db, productId),
          institutionName: await institutionName(db, institutionId),
        },
        at: fact.at,
        mail: onboardingId === undefined,
      });
      for (const finding of await openOf(db, institutionId)) {
        const holders = await holdersOf(
          connection,
          institutionId,
          findingActs[finding.kind as keyof typeof findingActs],
          now,
        );
        if (holders.includes(personId))
          await tell(db, [personId], {
            kind: "finding",
            institutionId,
            cause: ofFinding(finding.id),
            facts: await findingFacts(db, institutionId, finding),
            at: finding.raised_at,
            dueAt: finding.due_at,
            mail: false,
          });
      }
    }),

    /** An access that stops or comes back is a matter of security: always by mail. Who lost it all is asked for nothing there. */
    "inbox:membership-moved": reaction(
      ["people.membership.suspended", "people.membership.restored", "people.membership.ended"],
      async (fact, { db, connection }) => {
        const { personId, productId, profile } = fact.payload as EventPayload<"people.membership.suspended">;
        const { institutionId } = fact;
        if (!institutionId) return;
        await tell(db, [personId], {
          kind: `membership-${fact.type.split(".")[2] as "suspended" | "restored" | "ended"}`,
          institutionId,
          cause: ofEvent(fact),
          facts: {
            profile,
            productId,
            productTitle: await titleOf(db, productId),
            institutionName: await institutionName(db, institutionId),
          },
          at: fact.at,
        });
        if (fact.type === "people.membership.ended" && !(await belongs(connection, institutionId, personId)))
          await store.forget(db, personId, institutionId);
      },
    ),

    /** An answer to who asked for help. Its letter went to the address they gave: here a line, and no mail. */
    "inbox:assistance": reaction(["assistance.request.answered"], async (fact, { db }) => {
      const { requestId, personId } = fact.payload as EventPayload<"assistance.request.answered">;
      const answered = await answeredRequest(db, requestId);
      if (!answered) return;
      await tell(db, [personId], {
        kind: "assistance-answered",
        institutionId: answered.institutionId,
        cause: ofEvent(fact),
        facts: { number: String(answered.number), institutionName: answered.institutionName },
        at: fact.at,
        mail: false,
      });
    }),

    /** A review of accesses nears its end with lines unanswered: who can answer is told, always by mail too. */
    "inbox:review-warning": reaction(["people.review.warned"], async (fact, { db, connection, now }) => {
      const { left, until, endsUnanswered } = fact.payload as EventPayload<"people.review.warned">;
      const { institutionId } = fact;
      if (!institutionId) return;
      await tell(db, await holdersOf(connection, institutionId, "institution:people:write", now), {
        kind: "review-warning",
        institutionId,
        cause: ofEvent(fact),
        facts: { left, until, endsUnanswered, institutionName: await institutionName(db, institutionId) },
        at: fact.at,
      });
    }),

    /** Somebody wants to administer the institution: everybody who works there is told, always by mail too. */
    "inbox:recovery": reaction(
      ["people.recovery.opened", "people.recovery.waiting", "people.recovery.completed", "people.recovery.stopped"],
      async (fact, { db, now }) => {
        const { recoveryId } = fact.payload as EventPayload<"people.recovery.opened">;
        const found = await recoveryToTell(db, recoveryId, now);
        if (!found || !fact.institutionId) return;
        const moment = fact.type.split(".")[2] as "opened" | "waiting" | "completed" | "stopped";
        // News that came late: what was stopped meanwhile is not announced as beginning.
        if ((moment === "opened" || moment === "waiting") && !found.goingOn) return;
        await tell(
          db,
          found.people.filter((id) => id !== found.personId),
          {
            kind: `recovery-${moment}`,
            institutionId: fact.institutionId,
            cause: ofEvent(fact),
            facts: {
              person: found.person,
              until: found.until?.toISOString() ?? "",
              by: found.stoppedByName ?? "",
              institutionName: found.institutionName,
            },
            at: fact.at,
          },
        );
      },
    ),
  };
};
