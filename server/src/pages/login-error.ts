import type { ProblemCode } from "@area/api";
import { type Language, problemText } from "@area/words";
import { type PageWords, pageWords } from "@area/words/pages/index";
import { html } from "../platform/page.ts";
import { code, icon, layout, plainHeader } from "./layout.ts";

type Reason = {
  [K in keyof PageWords["login"]]: PageWords["login"][K] extends { next: string } ? K : never;
}[keyof PageWords["login"]];

/** SPID technical rules, table of errors (Avviso 18 for 30): the number alone decides the words, never the provider's message. */
const reasons: Record<number, Reason> = {
  2: "unavailable",
  3: "unavailable",
  19: "wrongCredentials",
  20: "levelTooLow",
  21: "timeout",
  22: "consentDenied",
  23: "identitySuspended",
  25: "cancelled",
  30: "identityKind",
};
export const reasonOfSpidError = (number: number): Reason =>
  reasons[number] ?? (number >= 4 && number <= 18 ? "technical" : "generic");

/** Nothing is wrong: the person stopped, or said no. */
const calm: readonly Reason[] = ["cancelled", "consentDenied", "timeout"];

export type LoginErrorData = {
  language: Language;
  path: string;
  code: ProblemCode;
  /** The number of the provider's refusal (ErrorCode nrNN). */
  statusCode?: number;
  reference: string;
  retryHref: string;
  /** The provider's name, as in its metadata. */
  identityProvider?: string;
  scheme?: "spid" | "cie";
};

type Said = { title: string; detail: string; next: string };

/** The words of a refusal: those of its number, and of CIE where a card is not an account. */
const wordsOf = (
  login: PageWords["login"],
  reason: Reason,
  number: number,
  scheme: "spid" | "cie" | undefined,
): Said => {
  const own: Partial<Record<Reason, Said>> = scheme === "cie" ? login.withCie : {};
  const detail = (login.codes as Record<number, string>)[number];
  return { ...(own[reason] ?? login[reason]), ...(detail ? { detail } : {}) };
};

/** Why one could not enter, and the two ways to go on. */
export const loginErrorPage = (data: LoginErrorData): string => {
  const { login, error } = pageWords[data.language];
  const reason = data.statusCode === undefined ? undefined : reasonOfSpidError(data.statusCode);
  const said =
    reason && data.statusCode !== undefined
      ? wordsOf(login, reason, data.statusCode, data.scheme)
      : { ...problemText(data.language, data.code), next: "" };
  const another = data.scheme === "cie" ? login.anotherWay : login.another;
  const tone = reason && calm.includes(reason) ? "neutral" : "critical";
  const main = html`<section class="sheet outcome" aria-labelledby="esito">
  <div class="verdict"><div role="status">
    <span class="chip ${tone}">${login.chip}</span>
    <h1 id="esito">${said.title}</h1>
    <p>${said.detail}</p>
    ${said.next && html`<p>${said.next}</p>`}
    <p class="s muted">${login.safe}</p>
    <div class="row acts"><a class="btn main" href="${data.retryHref}">${login.retry}</a><a class="btn plain" href="/">${another}</a></div>
  </div></div>
  <footer class="row">${data.identityProvider && html`<span>${login.provider}: <b>${data.identityProvider}</b></span>`}<span>${login.reference}: ${code(data.reference)}</span><a class="push" href="/assistenza">${icon("help", true)} ${error.help}</a></footer>
</section>`;
  return layout({
    language: data.language,
    title: login.title,
    // The answer of a provider cannot be asked again: the languages lead to the entry.
    header: plainHeader(data.language, "/"),
    main,
    mainClass: "narrow",
    foot: "slim",
    hiddenFromSearch: true,
  });
};
