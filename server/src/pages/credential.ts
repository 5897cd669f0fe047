import type { AnswerOf, api } from "@area/api";
import { day, type Language } from "@area/words";
import { credentialWords } from "@area/words/pages/credential";
import { type Html, html } from "../platform/page.ts";
import { layout, plainHeader } from "./layout.ts";

export type CredentialCheck = AnswerOf<typeof api.delegations.check>;

const tone = {
  valid: "positive",
  suspended: "attention",
  "not-valid": "critical",
  expired: "critical",
  "not-ours": "critical",
};

/** Anybody checks a statement of delegation here, without script and without an account. */
export const credentialPage = (page: {
  language: Language;
  path: string;
  typed: string;
  checked: CredentialCheck | null;
}): string => {
  const say = credentialWords[page.language];
  const s = page.checked?.statement;
  const row = (name: string, value: Html | string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return layout({
    language: page.language,
    title: say.title,
    header: plainHeader(page.language, page.path),
    main: html`<div class="title"><div><h1>${say.title}</h1><p>${say.lead}</p></div></div>
  <div class="reading">${
    page.checked &&
    html`<section class="sheet" aria-labelledby="esito"><header><h2 id="esito" role="status"><span class="chip ${tone[page.checked.verdict]}">${say.verdicts[page.checked.verdict]}</span></h2></header>${
      s &&
      html`<div class="body"><dl class="facts">${[
        row(say.delegator, `${s.delegator.name} · ${s.delegator.taxCode}`),
        row(say.partner, `${s.partner.name} · ${s.partner.taxCode}`),
        row(say.product, s.product),
        row(say.where, say.environments[s.environment]),
        row(say.permissions, s.permissions.length ? html`<span class="code">${s.permissions.join(", ")}</span>` : "—"),
        row(say.issued, day(page.language, s.issuedAt)),
        row(say.ends, s.endsAt ? day(page.language, s.endsAt) : say.noEnd),
      ]}</dl></div>`
    }</section>`
  }<section class="sheet" aria-labelledby="verifica"><header><h2 id="verifica">${say.button}</h2></header><div class="body"><form method="post" action="/verifica-delega" class="stack">
    <div class="field w12"><label for="attestazione">${say.field}</label><textarea id="attestazione" name="credential" class="input code" rows="8" required maxlength="20000" spellcheck="false">${page.typed}</textarea></div>
    <div class="row"><button class="btn main">${say.button}</button></div></form>
    <p class="s quiet">${say.offline} <a href="/api/v1/delegation-keys">keys</a> · <a href="/api/v1/delegation-status-list">status list</a></p></div></section></div>`,
    mainClass: "narrow",
    foot: "big",
  });
};
