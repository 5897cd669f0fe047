import { z } from "zod";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

/** What a person may choose to have by mail too. Matters of security always travel. */
export const inboxTopics = {
  "to-do": { byMail: true, locked: false },
  access: { byMail: true, locked: false },
  onboarding: { byMail: false, locked: false },
  security: { byMail: true, locked: true },
} as const satisfies Record<string, { byMail: boolean; locked: boolean }>;
export type InboxTopic = keyof typeof inboxTopics;
export const inboxTopicNames = Object.keys(inboxTopics) as InboxTopic[];

/** Every kind of line: its topic, and whether it asks for an act. The kind gives the sentence, the facts fill it. */
export const inboxKinds = {
  finding: { topic: "to-do", asks: true },
  "membership-activated": { topic: "access", asks: false },
  "membership-suspended": { topic: "security", asks: false },
  "membership-restored": { topic: "security", asks: false },
  "membership-ended": { topic: "security", asks: false },
  "assistance-answered": { topic: "access", asks: false },
  "review-warning": { topic: "security", asks: false },
  "recovery-opened": { topic: "security", asks: false },
  "recovery-waiting": { topic: "security", asks: false },
  "recovery-completed": { topic: "security", asks: false },
  "recovery-stopped": { topic: "security", asks: false },
  "onboarding-completed": { topic: "onboarding", asks: false },
  "onboarding-cancelled": { topic: "onboarding", asks: false },
  "onboarding-expired": { topic: "onboarding", asks: false },
  "onboarding-superseded": { topic: "onboarding", asks: false },
  "onboarding-changes-requested": { topic: "to-do", asks: true },
  "onboarding-rejected": { topic: "onboarding", asks: false },
  "onboarding-message": { topic: "onboarding", asks: false },
} as const satisfies Record<string, { topic: InboxTopic; asks: boolean }>;
export type InboxKind = keyof typeof inboxKinds;
export const inboxKindNames = Object.keys(inboxKinds) as InboxKind[];

export const InboxItem = z
  .object({
    id: Id,
    kind: z.enum(inboxKindNames),
    topic: z.enum(inboxTopicNames),
    asks: z.boolean().describe("Chiede di fare qualcosa, finché non è fatta"),
    institution: z.object({ id: Id, name: z.string() }).nullable(),
    facts: z.record(z.string(), z.unknown()),
    at: Instant,
    dueAt: Instant.nullable(),
    read: z.boolean(),
    archived: z.boolean(),
    settledAt: Instant.nullable().describe("Da quando non c’è più niente da fare"),
  })
  .meta({ id: "InboxItem" });

export const inboxViews = ["to-do", "news", "archive"] as const;
export type InboxView = (typeof inboxViews)[number];

export const InboxPreference = z.object({
  topic: z.enum(inboxTopicNames),
  byMail: z.boolean(),
  locked: z.boolean().describe("Arriva sempre per posta"),
});
export const InboxPreferences = z
  .object({
    language: z.enum(["it", "en", "de", "fr", "sl"]).nullable().describe("Lingua delle e-mail; null: italiano"),
    general: z.array(InboxPreference).describe("Per tutti gli enti"),
    exceptions: z
      .array(z.object({ institution: z.object({ id: Id, name: z.string() }), preferences: z.array(InboxPreference) }))
      .describe("Enti per cui vale altro"),
  })
  .meta({ id: "InboxPreferences" });

export const inbox = {
  list: endpoint({
    method: "GET",
    path: "/me/inbox",
    summary: "Cosa mi chiede di agire e cosa è successo",
    description: "Di tutti i miei enti, dal più recente: `to-do` da fare, `news` successo, `archive` archiviato.",
    needs: "anyone",
    query: z.object({ view: z.enum(inboxViews).default("to-do"), ...PageQuery }),
    result: page(InboxItem),
    problems: [],
    example: { query: { view: "to-do" } },
  }),
  counts: endpoint({
    method: "GET",
    path: "/me/inbox/counts",
    summary: "Quante cose da fare e quante non lette",
    description: "Al massimo 99 l’una: oltre, il numero esatto non serve.",
    needs: "anyone",
    result: z.object({ toDo: z.number().int(), unread: z.number().int() }),
    problems: [],
    example: {},
  }),
  markRead: endpoint({
    method: "POST",
    path: "/me/inbox/readings",
    summary: "Segna tutto come letto",
    description: "Ciò che è arrivato fino a quell’istante; quel che arriva dopo resta da leggere.",
    needs: "anyone",
    body: z.object({ until: Instant }),
    result: z.object({ toDo: z.number().int(), unread: z.number().int() }),
    problems: [],
    example: { body: { until: "2026-11-25T10:00:00Z" } },
  }),
  change: endpoint({
    method: "PUT",
    path: "/me/inbox/:itemId",
    summary: "Segna una riga come letta, o archiviala",
    description: "Archiviare non chiude la cosa da fare: la toglie dalla mia vista, e si può riprendere.",
    needs: "anyone",
    params: z.object({ itemId: Id }),
    body: z.object({ read: z.boolean().optional(), archived: z.boolean().optional() }),
    result: InboxItem,
    problems: ["inbox-item-unknown"],
    example: { body: { read: true } },
  }),
  preferences: {
    read: endpoint({
      method: "GET",
      path: "/me/inbox/preferences",
      summary: "Cosa ricevo anche per posta",
      needs: "anyone",
      result: InboxPreferences,
      problems: [],
      example: {},
    }),
    choose: endpoint({
      method: "PUT",
      path: "/me/inbox/preferences",
      summary: "Scegli cosa ricevere anche per posta",
      description:
        "Per tutti gli enti, o per uno solo. `byMail: null` toglie la scelta: torna a valere quella generale. Ciò che riguarda la sicurezza arriva sempre.",
      needs: "anyone",
      body: z.object({
        institutionId: Id.nullable().default(null),
        topic: z.enum(inboxTopicNames),
        byMail: z.boolean().nullable(),
      }),
      result: InboxPreferences,
      problems: ["institution-unknown", "topic-always-mailed"],
      example: { body: { topic: "onboarding", byMail: true } },
    }),
    speak: endpoint({
      method: "PUT",
      path: "/me/inbox/language",
      summary: "Scegli la lingua delle e-mail",
      needs: "anyone",
      body: z.object({ language: z.enum(["it", "en", "de", "fr", "sl"]) }),
      result: InboxPreferences,
      problems: [],
      example: { body: { language: "it" } },
    }),
  },
};

const nodePlace = (facts: Record<string, unknown>) =>
  `/pagopa/${facts["environment"] === "test" ? "collaudo" : "produzione"}`;
/** Where what is found is mended, within the pages of an institution; elsewhere it is said on the first of them. */
const findingPlace: Record<string, (facts: Record<string, unknown>) => string> = {
  "agreement-awaiting-signature": () => "#in-corso",
  "agreement-of-former-representative": () => "#in-corso",
  "agreement-version-to-accept": (facts) => `/documenti/versioni/${String(facts["acceptanceId"])}`,
  "access-review-open": () => "/utenti/riesame",
  "single-administrator": () => "/utenti/invita",
  "access-request-waiting": () => "/utenti/richieste",
  "delegation-asked": () => "/deleghe",
  "delegation-expiring": () => "/deleghe",
  "delegations-offered": () => "/enti-gestiti?blocco=to-accept",
  "registration-missing": (facts) => `${nodePlace(facts)}/registrazione`,
  "association-missing": (facts) => `${nodePlace(facts)}/registrazione`,
  "station-to-correct": (facts) => `${nodePlace(facts)}/stazioni/${String(facts["stationCode"])}`,
  "iban-missing": (facts) => `/pagopa/${facts["environment"] === "test" ? "collaudo" : "produzione"}/iban`,
  "profile-without-answer": (facts) => `/profili${facts["profileId"] ? `/${String(facts["profileId"])}` : ""}`,
};

/** Where a line leads: the same place from the screen and from the mail. */
export const inboxAddress = (item: {
  kind: InboxKind;
  institutionId: string | null;
  facts: Record<string, unknown>;
}): string => {
  const { kind, institutionId, facts } = item;
  const home = institutionId ? `/enti/${institutionId}` : "/enti";
  switch (kind) {
    case "finding":
      return home + (findingPlace[String(facts["finding"])]?.(facts) ?? "");
    case "onboarding-completed":
    case "onboarding-cancelled":
    case "onboarding-expired":
    case "onboarding-superseded":
    case "onboarding-changes-requested":
    case "onboarding-rejected":
    case "onboarding-message":
      return `/adesione/inviata/${String(facts["onboardingId"])}`;
    case "assistance-answered":
      return "/aiuto";
    case "review-warning":
      return `${home}/utenti/riesame`;
    // Who lost the access finds the list of what is left.
    case "membership-ended":
      return "/enti";
    default:
      return home;
  }
};

// What the shapes hold, for who reads them.
export type InboxItem = z.output<typeof InboxItem>;
export type InboxPreferences = z.output<typeof InboxPreferences>;
