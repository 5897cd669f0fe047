import { type Permission, permissions } from "@area/api";
import type { Language } from "@area/words";
import { screenWords } from "@area/words/screens";
import { type Letter, letterIn } from "../notifications/index.ts";

type Facts = Record<string, unknown> & { delegator: string; partner: string };
type What =
  | "offered"
  | "accepted"
  | "refused"
  | "changed"
  | "entrusted"
  | "suspended"
  | "resumed"
  | "revoked"
  | "expired";
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const named = (codes: unknown, language: Language): string =>
  (Array.isArray(codes) ? (codes as string[]) : [])
    .filter((code) => code in permissions)
    .map((code) => `- ${screenWords[language].kit.permissionName[code as Permission]}`)
    .join("\n");
/** What is told with its limits; of the others the sentence is enough. */
const withScope = new Set<What>(["offered", "accepted", "changed"]);

/** What the other side did to a delegation: who may act, where, until when, and why. */
export const moved = (
  languages: readonly Language[],
  m: { what: What; side: "delegator" | "partner"; product: string; facts: Facts; url: string },
): Letter =>
  letterIn(languages, `delegations.delegation.${m.what} ${m.side}`, (words, dates, language) => {
    const say = words.delegation;
    const { facts: f } = m;
    const sides = { delegator: f.delegator, partner: f.partner, product: m.product };
    const subject = m.what === "revoked" && f["by"] === "partner" ? "renounced" : m.what;
    const sentence = m.what === "expired" && f["unanswered"] ? "unanswered" : m.what;
    const where = say.where[text(f["environment"]) as keyof typeof say.where];
    return {
      subject: say.subjects[subject](sides),
      text: [
        say.texts[sentence](sides),
        withScope.has(m.what) && where
          ? [say.scope(where, f["endsAt"] ? dates.day(text(f["endsAt"])) : null), named(f["permissions"], language)]
              .filter(Boolean)
              .join("\n")
          : "",
        m.what === "entrusted" ? named(f["added"], language) : "",
        text(f["reason"]) ? say.why(text(f["reason"])) : "",
        `${say.see}\n${m.url}`,
      ],
    };
  });
