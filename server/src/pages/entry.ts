import type { Language } from "@area/words";
import { adhesionWords } from "@area/words/adhesion/index";
import { pageWords } from "@area/words/pages/index";
import { type Html, html, trusted } from "../platform/page.ts";
import { accountBar, brand, fill, icon, layout, link } from "./layout.ts";

export type IdentityProviderChoice = { entityId: string; displayName: string; href: string };
export type EntryData = {
  language: Language;
  path: string;
  /** In the order they are shown. */
  identityProviders: readonly IdentityProviderChoice[];
  /** Where CIE begins; absent when it cannot be used now. */
  cie?: string;
  /** Something to read before entering: the session is over, the person has left. */
  notice?: { title: string; text: string };
  /** A page was asked for: said in a line; the addresses of the providers carry it already. */
  returnTo?: string;
  /** Only in development: whom to enter as, and where messages and signatures are. */
  development?: { people: readonly { name: string; note: string }[]; mailbox: string; signingDesk: string };
  /** Ways in for newcomers that are built. */
  ways?: readonly { kind: "administration"; href: string }[];
  services?: "up" | "slow" | "down";
};

const arches = [0, 150, 300, 450, 600, 750, 900, 1050, 1200]
  .map((x) => {
    const [stone, light] = x === 450 ? ["#2b4684", "url(#alba)"] : ["#182a50", "url(#buio)"];
    return `<path d="M${x} 260V86a61 61 0 0 1 122 0v174h-20V86a41 41 0 0 0-82 0v174z" fill="${stone}"/><path d="M${x + 20} 260V86a41 41 0 0 1 82 0v174z" fill="${light}"/>`;
  })
  .join("");
const portico = trusted(
  `<svg class="portico" viewBox="0 0 1350 260" aria-hidden="true" preserveAspectRatio="xMinYMax slice"><defs><linearGradient id="alba" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f7dfa4"/><stop offset=".55" stop-color="#efc877"/><stop offset="1" stop-color="#d99a4a"/></linearGradient><linearGradient id="buio" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0a1530"/><stop offset="1" stop-color="#14244a"/></linearGradient></defs>${arches}</svg>`,
);

const noSpid = "https://www.spid.gov.it/cos-e-spid/come-attivare-spid/";
const moreSpid = "https://www.spid.gov.it/";
const helpSpid = "https://www.spid.gov.it/serve-aiuto/";
/** A person in a circle, a card with its chip: drawn here, since the federations' logos are theirs and come with the agreement. */
const marks = {
  spid: trusted(
    '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.5" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx="12" cy="9" r="3.4" fill="currentColor"/><path d="M5.4 18.6a6.8 6.8 0 0 1 13.2 0 9.7 9.7 0 0 1-13.2 0z" fill="currentColor"/></svg>',
  ),
  cie: trusted(
    '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><rect x="1.5" y="4.5" width="21" height="15" rx="2" fill="none" stroke="currentColor" stroke-width="1.5"/><rect x="4.5" y="8" width="5" height="4" rx=".8" fill="currentColor"/><path d="M12.5 9h7M12.5 12h7M4.5 16h15" stroke="currentColor" stroke-width="1.5" fill="none"/></svg>',
  ),
};
const chips = { up: "positive", slow: "attention", down: "critical" } as const;

/** The first page: enter, or see what joining asks for. */
export const entryPage = (data: EntryData): string => {
  const { language, path } = data;
  const words = pageWords[language];
  const { entry } = words;
  const ways = data.ways ?? [{ kind: "administration", href: "/adesione" }];
  const service = { up: entry.allUp, slow: entry.slow, down: entry.down };

  // AgID's button: its blue and mark, the providers behind it, and the three ways to know more.
  const spid: Html | false =
    data.identityProviders.length > 0 &&
    html`<details open>
      <summary class="btn spid wide-btn">${marks.spid}<span>${entry.spid}</span> ${icon("down")}</summary>
      <ul class="idps" aria-label="${entry.providers}">${data.identityProviders.map((p) => html`<li>${link(p.href, p.displayName)}</li>`)}</ul>
      <p class="xs muted">${fill(entry.level, { link: link(noSpid, entry.noSpid) })} ${link(moreSpid, entry.moreSpid)} ${link(helpSpid, entry.helpSpid)}</p>
    </details>`;
  const cie: Html | undefined | "" =
    data.cie &&
    html`<p class="cie-way"><a class="btn cie wide-btn" href="${data.cie}">${marks.cie}<span>${entry.cie}</span></a></p>`;
  const noWay = html`<div class="entry-note"><div class="note critical">${icon("wrong")}<p>${entry.noProviders}</p></div></div>`;
  const providers: Html = spid || cie ? html`${spid}${cie}` : noWay;

  const header = html`<header class="hero on-band">
${accountBar(language, path)}
<div class="in">
  <div>${brand()}
    <h1>${entry.headline}</h1>
    <p class="lead">${entry.lead}</p>
  </div>
  <section class="access" aria-labelledby="entra">
    <h2 id="entra">${entry.heading}</h2>
    <p class="muted s">${entry.identity}${data.returnTo ? ` ${entry.comeBack}` : ""}</p>
    ${data.notice && html`<div class="entry-note"><div class="note progress">${icon("info")}<div><h3>${data.notice.title}</h3><p>${data.notice.text}</p></div></div></div>`}
    ${providers}
    <p class="terms">${fill(entry.terms, { terms: link("/note-legali#terms", words.shell.terms), privacy: link("/privacy", entry.privacy) })}</p>
  </section>
</div>
${portico}
</header>`;

  const status = html`<section class="status" aria-label="${entry.status}"><div class="in">
  ${data.services && html`<span class="chip ${chips[data.services]}">${service[data.services]}</span>`}
  <span class="push">${link("/stato", entry.status)}</span>
</div></section>`;

  const development =
    data.development &&
    html`<section class="sheet dev-note" aria-labelledby="sviluppo"><header><h2 id="sviluppo">${entry.development}</h2></header>
  <div class="body"><p class="s muted">${entry.developmentLead}</p>
  <dl class="facts">${data.development.people.map((p) => html`<div><dt>${p.name}</dt><dd class="s">${p.note}</dd></div>`)}</dl>
  <p class="row">${link(data.development.mailbox, entry.mailbox)} ${link(data.development.signingDesk, entry.signingDesk)}</p></div></section>`;

  const main = html`
  <div class="newcomers"><div>
  <h2 class="ways-title">${entry.newcomers}</h2>
  <p class="muted">${entry.newcomersLead} ${link("/chi-puo-aderire", adhesionWords[language].pages.title)}</p>
  <ul class="ways">${ways.map((way) => html`<li><a href="${way.href}"><span><b>${entry.administration}</b><span class="s muted">${entry.administrationNeeds}</span></span><span class="time s quiet nowrap">${entry.minutes}</span>${icon("right")}</a></li>`)}</ul>
  </div>${development}</div>`;

  return layout({ language, title: entry.title, header, strip: status, main, mainClass: "entry", foot: "big" });
};
