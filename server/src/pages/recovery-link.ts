import type { Recovery } from "@area/api";
import { day, type Language, time } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { type Html, html } from "../platform/page.ts";
import { fill, fillText, layout, plainHeader } from "./layout.ts";

export type RecoveryPage = { language: Language; path: string; token: string; recovery: Recovery };
const address = (token: string, part = "") => `/recupero-pec/${encodeURIComponent(token)}${part}`;

const whole = (data: RecoveryPage, title: string, main: Html): string =>
  layout({
    language: data.language,
    title,
    header: plainHeader(data.language, address(data.token), {
      label: pageWords[data.language].recovery.label,
      name: data.recovery.institution.name,
    }),
    main,
    mainClass: "narrow",
    foot: "slim",
    hiddenFromSearch: true,
  });

const answers = (data: RecoveryPage, confirm: boolean): Html => {
  const { recovery: words } = pageWords[data.language];
  return html`<div class="row acts">${
    confirm &&
    html`<form method="post" action="${address(data.token, "/conferma")}"><button class="btn main" type="submit">${words.confirm}</button></form>`
  }<form method="post" action="${address(data.token, "/ferma")}"><button class="btn danger" type="submit">${words.stop}</button></form></div>`;
};

/** Where the link in the PEC leads: who asks, and two buttons. Opening it changes nothing. */
export const recoveryLinkPage = (data: RecoveryPage): string => {
  const { language, recovery } = data;
  const words = pageWords[language].recovery;
  const { error } = pageWords[language];
  const values = {
    person: html`<b>${recovery.person.name}</b>`,
    institution: html`<b>${recovery.institution.name}</b>`,
    date: day(language, recovery.waitsUntil ?? recovery.expiresAt),
    time: time(language, recovery.waitsUntil ?? recovery.expiresAt),
  };
  const [chip, tone, lead] =
    recovery.state === "open"
      ? recovery.pecConfirmedAt
        ? ([words.confirmedChip, "progress", words.confirmed] as const)
        : ([words.openChip, "attention", words.open] as const)
      : recovery.state === "waiting"
        ? ([words.waitingChip, "progress", words.waiting] as const)
        : recovery.state === "completed"
          ? ([words.completedChip, "positive", words.completed] as const)
          : recovery.state === "stopped"
            ? ([words.stoppedChip, "neutral", words.stopped] as const)
            : ([words.expiredChip, "neutral", words.expired] as const);
  const title = fillText(words.title, { person: recovery.person.name });
  const goingOn = recovery.state === "open" || recovery.state === "waiting";
  const main = html`<section class="sheet outcome" aria-labelledby="domanda"><div class="verdict"><div>
    <span class="chip ${tone}">${chip}</span>
    <h1 id="domanda">${title}</h1>
    <p>${fill(lead, values)}</p>
    ${recovery.message && goingOn && html`<blockquote>«${recovery.message}»</blockquote>`}
    ${goingOn ? answers(data, recovery.state === "open" && !recovery.pecConfirmedAt) : html`<div class="row acts"><a class="btn plain" href="/assistenza">${error.help}</a></div>`}
    ${goingOn && html`<p class="s muted">${words.hint}</p>`}
  </div></div></section>`;
  return whole(data, title, main);
};
