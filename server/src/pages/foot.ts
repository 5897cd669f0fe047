import { day, type Language, time } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { type Html, html } from "../platform/page.ts";
import { accessibilityReviewedAt, company } from "./company.ts";
import { code, fill, layout, link, mailLink, plainHeader } from "./layout.ts";

export type ServiceName = "portal" | "database" | "login" | "registry" | "mail" | "documents";
export type ServiceState = { name: ServiceName; state: "up" | "slow" | "down"; since?: string };
/** Only the page of the state of services reads it. */
export type FootData = { services?: readonly ServiceState[]; checkedAt?: string };

type Part = { heading: string; text: string; items?: string[] };
const values = (language: Language): Record<string, Html | string> => ({
  company: company.name,
  address: company.address,
  vat: code(company.vat),
  pec: mailLink(company.pec),
  dpo: mailLink(company.dpo),
  support: mailLink(company.support),
  accessibility: mailLink(company.accessibility),
  security: mailLink(company.security),
  date: day(language, accessibilityReviewedAt),
});

/** The report is linked from the foot of every page, so its place has a name that does not change. */
const anchors: Record<string, string> = { report: "segnala" };

const parts = (language: Language, all: Record<string, Part>, after: Record<string, Html> = {}): Html[] =>
  Object.entries(all).map(
    ([
      name,
      part,
    ]) => html`<section class="sheet" aria-labelledby="${anchors[name] ?? name}"><header><h2 id="${anchors[name] ?? name}">${part.heading}</h2></header>
  <div class="body prose"><p>${fill(part.text, values(language))}</p>${part.items && html`<ul>${part.items.map((item) => html`<li>${item}</li>`)}</ul>`}${after[name]}</div></section>`,
  );

const document = (
  language: Language,
  path: string,
  words: { title: string; lead: string },
  body: Html | Html[],
  sample = false,
): string =>
  layout({
    language,
    title: words.title,
    header: plainHeader(language, path),
    main: html`<div class="title"><div><h1>${words.title}</h1><p>${words.lead}</p></div></div>
  <div class="reading">${body}${sample && html`<p class="s quiet">${pageWords[language].shell.sample}</p>`}</div>`,
    mainClass: "narrow",
    foot: "big",
  });

const cookieTable = (language: Language): Html => {
  const { cookies } = pageWords[language].foot;
  const rows = [
    ["__Host-ar_session", cookies.session],
    ["__Host-ar_login", cookies.login],
    ["ar_language", cookies.language],
  ] as const;
  return html`<dl class="facts cookies">${rows.map(([name, one]) => html`<div><dt>${code(name)}</dt><dd>${one.purpose}<br><small class="quiet">${cookies.duration}: ${one.duration}</small></dd></div>`)}</dl>`;
};

const chips = { up: "positive", slow: "attention", down: "critical" } as const;
const statusPage = (language: Language, path: string, data: FootData): string => {
  const { status } = pageWords[language].foot;
  const services = data.services ?? [];
  const worst = services.some((s) => s.state === "down")
    ? "down"
    : services.some((s) => s.state === "slow")
      ? "slow"
      : "up";
  const overall = { up: status.allUp, slow: status.someSlow, down: status.someDown }[worst];
  const body = services.length
    ? html`<section class="sheet" aria-labelledby="servizi"><header><h2 id="servizi">${status.list}</h2><span class="push chip ${chips[worst]}">${overall}</span></header>
  <ul class="rows services">${services.map((s) => html`<li><span>${status.services[s.name]}${s.since && html`<br><small class="quiet">${fill(status.since, { date: day(language, s.since), time: time(language, s.since) })}</small>`}</span><span class="end"><span class="chip ${chips[s.state]}">${status[s.state]}</span></span></li>`)}</ul>
  <footer>${data.checkedAt ? fill(status.checked, { date: day(language, data.checkedAt), time: time(language, data.checkedAt) }) : ""} ${fill(status.machine, { link: link("/status", "/status") })}</footer></section>`
    : html`<section class="sheet" aria-labelledby="servizi"><header><h2 id="servizi">${status.list}</h2></header><div class="body"><p>${status.unknown}</p></div></section>`;
  return document(language, path, status, body);
};

export const footSlugs = [
  "accessibilita",
  "privacy",
  "cookie",
  "note-legali",
  "assistenza",
  "sicurezza",
  "stato",
] as const;
export type FootSlug = (typeof footSlugs)[number];

/** The pages that the foot links to, by their address. */
export const footerPages: Record<FootSlug, (language: Language, path: string, data?: FootData) => string> = {
  accessibilita: (language, path) => {
    const { accessibility } = pageWords[language].foot;
    return document(language, path, accessibility, parts(language, accessibility.parts), true);
  },
  privacy: (language, path) => {
    const { privacy } = pageWords[language].foot;
    return document(language, path, privacy, parts(language, privacy.parts), true);
  },
  cookie: (language, path) => {
    const { cookies } = pageWords[language].foot;
    return document(language, path, cookies, parts(language, cookies.parts, { list: cookieTable(language) }));
  },
  "note-legali": (language, path) => {
    const { legal } = pageWords[language].foot;
    return document(language, path, legal, parts(language, legal.parts), true);
  },
  assistenza: (language, path) => {
    const { help } = pageWords[language].foot;
    // From an error page come the page and its code: a request from inside carries them on.
    const from = new URL(path, "http://here").searchParams;
    const carried = new URLSearchParams(
      ["pagina", "codice"].flatMap((name) => (from.get(name) ? [[name, from.get(name)!.slice(0, 300)]] : [])),
    ).toString();
    const inside = html`<p><a class="btn plain" href="/aiuto${carried ? `?${carried}` : ""}">${help.inside}</a></p>`;
    return document(language, path, help, parts(language, help.parts, { write: inside }), true);
  },
  sicurezza: (language, path) => {
    const { security } = pageWords[language].foot;
    return document(language, path, security, parts(language, security.parts), true);
  },
  stato: (language, path, data) => statusPage(language, path, data ?? {}),
};

/** For /.well-known/security.txt (RFC 9116). The file declares its own end: within a year, by the letter of the standard. */
export const securityTxt = (publicUrl: string, now: Date = new Date()): string =>
  [
    `Contact: mailto:${company.security}`,
    `Expires: ${new Date(now.getTime() + 180 * 86_400_000).toISOString()}`,
    "Preferred-Languages: it, en, de, fr, sl",
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    `Policy: ${publicUrl}/sicurezza`,
    "",
  ].join("\n");
