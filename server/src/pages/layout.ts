import { day, type Language, languageNames, languages } from "@area/words";
import { adhesionWords } from "@area/words/adhesion/index";
import { type PageWords, pageWords } from "@area/words/pages/index";
import { type Html, html, trusted } from "../platform/page.ts";
import { accessibilityReviewedAt, company, updatedAt } from "./company.ts";

/** Puts values in the place of the braces of a sentence. Text is escaped, markup stays. */
export const fill = (sentence: string, values: Record<string, Html | string>): Html[] =>
  sentence.split(/\{(\w+)\}/).map((part, i) => {
    const value = i % 2 ? values[part] : part;
    return typeof value === "object" ? value : html`${value ?? ""}`;
  });
/** The same, for places where only text may stand: a title, a label. */
export const fillText = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

/** An address of ours, whatever was asked: always a path of this site, with the language if one is given. */
export const ownAddress = (path: string, language?: Language): string => {
  let address: URL;
  try {
    address = new URL(path, "http://here");
  } catch {
    address = new URL("http://here/");
  }
  if (language) address.searchParams.set("lingua", language);
  return `/${address.pathname.replace(/^\/+/, "")}${address.search}`;
};

export const icon = (name: string, small = false): Html =>
  html`<span class="i i-${name}${small ? " sm" : ""}" aria-hidden="true"></span>`;
export const mailLink = (address: string): Html => html`<a href="mailto:${address}">${address}</a>`;
export const link = (href: string, text: string): Html => html`<a href="${href}">${text}</a>`;
export const code = (text: string): Html => html`<span class="code">${text}</span>`;

const arch = trusted(
  '<svg class="arch" viewBox="0 0 24 24" aria-hidden="true"><path d="M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z"/><path d="M9 22V11.5a3 3 0 0 1 6 0V22z"/></svg>',
);
const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='%232a5fd6'%3E%3Cpath d='M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z'/%3E%3Cpath d='M9 22V11.5a3 3 0 0 1 6 0V22z'/%3E%3C/svg%3E";

export const brand = (): Html => html`<a class="brand" href="/">${arch} <span>Area Riservata</span></a>`;

/** The dark bar on top: company, help, languages. The menu opens without script. */
export const accountBar = (language: Language, path: string): Html => {
  const { shell } = pageWords[language];
  return html`<div class="account on-band"><div class="in">
  <a href="${company.site}">${company.name}</a>
  <a class="push wide" href="/assistenza">${icon("help", true)} ${shell.help}</a>
  <button type="button" class="m-push" popovertarget="menu-lingua">${icon("globe", true)} <span><span class="hidden">${shell.language}</span>${languageNames[language]}</span> ${icon("down", true)}</button>
  <div class="menu" id="menu-lingua" popover>${languages.map(
    (other) =>
      html`<a href="${ownAddress(path, other)}" lang="${other}" hreflang="${other}"${other === language ? trusted(' aria-current="true"') : ""}>${other === language ? icon("check", true) : ""} ${languageNames[other]}</a>`,
  )}</div>
</div></div>`;
};

/** The white bar of the pages outside the portal: where I am, and one thing to remember at the right. */
export const titleBar = (what?: { label: string; name: string; aside?: Html | Html[] }): Html =>
  html`<div class="bar"><div class="in">${brand()}${
    what &&
    html`<p><small class="quiet">${what.label}</small><br><b>${what.name}</b></p>${what.aside && html`<p class="push s muted nowrap">${what.aside}</p>`}`
  }</div></div>`;

const rightsLinks = (words: PageWords) => html`
    <li><a href="/accessibilita" data-element="accessibility-link">${words.foot.accessibility.title}</a></li>
    <li><a href="/privacy" data-element="privacy-policy-link">${words.foot.privacy.title}</a></li>
    <li><a href="/cookie">${words.foot.cookies.title}</a></li>
    <li><a href="/note-legali" data-element="legal-notes">${words.foot.legal.title}</a></li>`;

const bigFoot = (language: Language, updated: string): Html => {
  const words = pageWords[language];
  const { shell, foot } = words;
  return html`<footer class="bigfoot"><div class="in">
  <div><h2>${company.name}</h2><p>${company.address}<br>${company.pec}</p><p class="quiet">${shell.sampleShort}</p></div>
  <div><h2>${shell.services}</h2><ul><li><a href="/">${shell.enter}</a></li><li><a href="/adesione">${shell.join}</a></li><li><a href="/chi-puo-aderire">${adhesionWords[language].pages.title}</a></li><li><a href="/numeri">${adhesionWords[language].pages.numbersTitle}</a></li><li><a href="/openapi.json">${shell.api}</a></li></ul></div>
  <div><h2>${shell.support}</h2><ul><li><a href="/assistenza">${foot.help.title}</a></li><li><a href="/stato">${foot.status.title}</a></li><li><a href="/sicurezza">${foot.security.title}</a></li></ul></div>
  <div><h2>${shell.rights}</h2><ul>${rightsLinks(words)}
    <li><a href="/assistenza#segnala" data-element="report-inefficiency">${shell.report}</a></li></ul></div>
  <p class="legal">${fill(shell.updated, { date: day(language, updated) })} · ${fill(shell.accessibilityReviewed, { date: day(language, accessibilityReviewedAt) })}</p>
</div></footer>`;
};

const slimFoot = (language: Language, updated: string): Html => {
  const words = pageWords[language];
  return html`<footer class="foot"><div class="in">
  <ul>${rightsLinks(words)}
    <li><a href="/stato">${words.foot.status.title}</a></li></ul>
  <p class="push">${fill(words.shell.updated, { date: day(language, updated) })} · <a href="/assistenza#segnala" data-element="report-inefficiency">${words.shell.report}</a></p>
</div></footer>`;
};

export type Layout = {
  language: Language;
  title: string;
  /** What stands in the header: the account bar and what the page puts under it. */
  header: Html;
  /** Between header and main: a strip of notices. */
  strip?: Html | false;
  main: Html;
  mainClass?: string;
  foot: "big" | "slim";
  updatedAt?: string;
  /** Pages with a secret in their address stay out of search engines. */
  hiddenFromSearch?: boolean;
};

/** The whole document. No script, no style of its own: what it needs is in the look. */
export const layout = (page: Layout): string => {
  const { shell } = pageWords[page.language];
  const updated = page.updatedAt ?? updatedAt;
  return html`<!DOCTYPE html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.hiddenFromSearch && trusted('<meta name="robots" content="noindex, nofollow">')}
<title>${page.title} · ${shell.portal}</title>
<link rel="icon" href="${favicon}">
<link rel="stylesheet" href="/look/look.css">
</head>
<body>
<a class="skip" href="#contenuto">${shell.skip}</a>
${page.header}
${page.strip}
<div class="frame bare"><main id="contenuto" tabindex="-1"${page.mainClass ? html` class="${page.mainClass}"` : ""}>${page.main}</main></div>
${page.foot === "big" ? bigFoot(page.language, updated) : slimFoot(page.language, updated)}
</body>
</html>
`.markup;
};

/** The header of every page but the entry. */
export const plainHeader = (language: Language, path: string, what?: Parameters<typeof titleBar>[0]): Html =>
  html`<header>${accountBar(language, path)}${titleBar(what)}</header>`;
