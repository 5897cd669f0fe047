import { z } from "zod";
import { InstitutionKind, Origin } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant } from "./values/index.ts";

/*
 * The rules that approve a request without a person, where nothing is left to judge. Published, versioned, and pure: the same inputs
 * under the same version give the same answer, today and in ten years. A version that decided something is never changed; a change
 * is a new version beside it.
 */
export const ruleNames = ["register-confirmed", "known-institution"] as const;
export type RuleName = (typeof ruleNames)[number];

/** Why a person looks at a request, as the rules say it. */
export const personReasons = [
  "registry-doubt",
  "declaration",
  "two-people",
  "rule-not-allowed",
  "not-in-register",
  "pec-declared",
  "first-time",
  "other-kind",
  "too-long-ago",
  "data-changed",
  "manager-changed",
] as const;
export type PersonReason = (typeof personReasons)[number];

/** Everything that the rules look at, and nothing else. Kept with each decision. */
export const RuleInputs = z.object({
  at: Instant,
  productId: z.string(),
  productVersion: z.number().int(),
  allowed: z.array(z.enum(ruleNames)).describe("Le regole che il prodotto ammette"),
  people: z.number().int(),
  kind: InstitutionKind,
  origin: Origin,
  declaration: z.boolean().describe("C’è una dichiarazione che una persona deve leggere"),
  reasons: z.array(z.string()).describe("I dubbi nati consultando i registri"),
  confirmedBy: z.string().nullable().describe("Il registro da cui vengono i dati; null: dichiarati"),
  pecConfirmed: z.boolean().describe("Anche la PEC viene dal registro: l’accordo arriva all’ente e a nessun altro"),
  before: z
    .object({
      onboardingId: Id,
      kind: InstitutionKind,
      completedAt: Instant,
      sameData: z.boolean().describe("Denominazione, codice fiscale, PEC e sede sono gli stessi"),
      sameManager: z.boolean().describe("Firma la stessa persona"),
    })
    .nullable()
    .describe("L’ultima adesione dello stesso ente che una persona ha approvato"),
});
export type RuleInputs = z.output<typeof RuleInputs>;

export type RuleAnswer =
  | { verdict: "approve"; rule: RuleName; because: [] }
  | { verdict: "person"; rule: null; because: PersonReason[] };
type RuleBook = { since: string; rules: readonly RuleName[]; decide(inputs: RuleInputs): RuleAnswer };

const MONTH = 30 * 86_400_000;
const KNOWN_MONTHS = 24;

export const ruleBooks: Record<string, RuleBook> = {
  "1": {
    since: "2026-11-28",
    rules: ruleNames,
    decide: (i) => {
      // What no rule may pass by.
      const barred: PersonReason[] = [
        ...(i.reasons.length > 0 ? (["registry-doubt"] as const) : []),
        ...(i.declaration ? (["declaration"] as const) : []),
        ...(i.people > 1 ? (["two-people"] as const) : []),
      ];
      if (barred.length > 0) return { verdict: "person", rule: null, because: barred };
      const why: PersonReason[] = [];
      // The business register holds the company, active, with the data that go into the agreement and the mailbox it goes to.
      if (i.confirmedBy !== "business-register") why.push("not-in-register");
      // A declared mailbox could be anybody's: whoever reads it could sign.
      else if (!i.pecConfirmed) why.push("pec-declared");
      else if (i.allowed.includes("register-confirmed"))
        return { verdict: "approve", rule: "register-confirmed", because: [] };
      else why.push("rule-not-allowed");
      // A person approved the same institution, as the same kind, not long ago, and nothing changed since.
      const { before } = i;
      if (!before) why.push("first-time");
      else {
        const changed: PersonReason[] = [
          ...(before.kind === i.kind ? [] : (["other-kind"] as const)),
          ...(Date.parse(i.at) - Date.parse(before.completedAt) <= KNOWN_MONTHS * MONTH
            ? []
            : (["too-long-ago"] as const)),
          ...(before.sameData ? [] : (["data-changed"] as const)),
          ...(before.sameManager ? [] : (["manager-changed"] as const)),
        ];
        if (changed.length > 0) why.push(...changed);
        else if (i.allowed.includes("known-institution"))
          return { verdict: "approve", rule: "known-institution", because: [] };
        else why.push("rule-not-allowed");
      }
      return { verdict: "person", rule: null, because: [...new Set(why)] };
    },
  },
};
export const RULES_IN_FORCE = "1";

export const RuleRun = z.object({
  version: z.string(),
  verdict: z.enum(["approve", "person"]),
  rule: z.enum(ruleNames).nullable(),
  because: z.array(z.enum(personReasons)),
  at: Instant,
  inputs: RuleInputs,
  replays: z.boolean().describe("Rifatta adesso sugli stessi dati, la stessa versione dà la stessa risposta"),
});

export const reviewRules = {
  list: endpoint({
    method: "GET",
    path: "/review-rules",
    summary: "Le regole che approvano senza una persona",
    description: "Ogni versione con la data da cui vale, e su quali prodotti valgono le sue regole. Sono pubbliche.",
    needs: "nobody",
    result: z.object({
      inForce: z.string(),
      versions: z.array(z.object({ version: z.string(), since: z.iso.date(), rules: z.array(z.enum(ruleNames)) })),
      products: z.array(z.object({ productId: z.string(), title: z.string(), rules: z.array(z.enum(ruleNames)) })),
    }),
    problems: [],
    example: {},
  }),
};
