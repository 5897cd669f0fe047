import {
  type AdhesionNumbers,
  type InstitutionKind,
  type RegionCode,
  type Requirements,
  type RuleName,
  regions,
} from "@area/api";
import { day, type Language } from "@area/words";
import { adhesionWords } from "@area/words/adhesion/index";
import { type Html, html } from "../platform/page.ts";
import { icon, layout, link, plainHeader } from "./layout.ts";

/** One product, as somebody of a kind may join it: by each registry in which that kind is looked up. */
export type EligibleProduct = {
  id: string;
  title: string;
  description: string;
  ways: Requirements[];
  parentTitle: string | null;
  invitedOnly: boolean;
  signatureDays: number;
  reviewDays: number;
  administrators: { minimum: number; maximum: number };
  wholeSeconds: number | null;
};

const page = (given: { language: Language; path: string; title: string; lead: string; main: Html | Html[] }): string =>
  layout({
    language: given.language,
    title: given.title,
    header: plainHeader(given.language, given.path),
    main: html`<div class="title"><div><h1>${given.title}</h1><p>${given.lead}</p></div></div>${given.main}`,
    foot: "big",
  });

/** "I am a bank": every kind of subject in its own words. */
export const subjectsPage = (given: {
  language: Language;
  path: string;
  kinds: { kind: InstitutionKind; slug: string }[];
}): string => {
  const { pages: say, kinds } = adhesionWords[given.language];
  return page({
    ...given,
    title: say.title,
    lead: say.lead,
    main: html`<section class="sheet" aria-labelledby="soggetti"><header><h2 id="soggetti">${say.subjects}</h2></header>
  <ul class="rows found">${given.kinds.map(
    ({ kind, slug }) =>
      html`<li><a href="/chi-puo-aderire/${slug}"><span></span><span><b>${kinds[kind].who}</b><small class="quiet">${kinds[kind].name}</small></span>${icon("right")}</a></li>`,
  )}</ul></section>
  <p class="below">${link("/numeri", say.numbersTitle)}<br>${link("/regole-adesione", adhesionWords[given.language].rules.title)}</p>`,
  });
};

const duration = (language: Language, seconds: number): string => {
  const { pages: say } = adhesionWords[language];
  const days = Math.round(seconds / 86_400);
  return days < 1 ? say.lessThanADay : say.days(days);
};

const needsOf = (language: Language, p: EligibleProduct, way: Requirements): string[] => {
  const { pages: say, origins, details } = adhesionWords[language];
  return [
    ...(p.parentTitle ? [say.needsParent(p.parentTitle)] : []),
    ...(p.invitedOnly ? [say.needsInvitation] : []),
    ...(way.categories ? [say.onlyCategories(way.categories.join(", "))] : []),
    origins[way.origin].how,
    ...(way.manager ? [say.needsManager] : []),
    say.needsAdministrators(p.administrators.minimum, p.administrators.maximum),
    ...(way.billing ? [say.needsBilling] : []),
    ...way.blocks.map((block) => `${details[block].title}: ${Object.values(details[block].fields).join(", ")}.`),
    ...(way.attachments.length > 0 ? [say.attachments(way.attachments.join(", "))] : []),
  ];
};

/** What one kind of subject can join, by which way, what it takes and how long; and for the rest, why not. */
export const eligibilityPage = (given: {
  language: Language;
  path: string;
  kind: InstitutionKind;
  open: EligibleProduct[];
  closed: EligibleProduct[];
}): string => {
  const { language, kind } = given;
  const { pages: say, kinds, origins, workflows, wizard, review } = adhesionWords[language];
  const one = (p: EligibleProduct): Html => html`<section class="sheet" aria-labelledby="${p.id}">
  <header><h2 id="${p.id}">${p.title}</h2></header><div class="body stack">
  ${p.description && html`<p>${p.description}</p>`}
  ${p.ways.map(
    (
      way,
    ) => html`<div><h3>${p.ways.length > 1 ? `${origins[way.origin].name}: ${workflows[way.workflow].name}` : workflows[way.workflow].name}</h3>
    <p>${workflows[way.workflow].how}</p>
    <details><summary>${say.needs}</summary><ul class="plain-list">${needsOf(language, p, way).map((need) => html`<li>${need}</li>`)}</ul></details>
    <p class="s muted">${way.agreement && say.signature(p.signatureDays)} ${p.wholeSeconds === null ? say.medianUnknown : say.median(duration(language, p.wholeSeconds))}</p>
    <p><a class="btn plain s" href="/adesione?prodotto=${p.id}&amp;tipo=${kind}&amp;origine=${way.origin}">${say.join(p.title)}</a></p></div>`,
  )}</div></section>`;
  return page({
    ...given,
    title: kinds[kind].who,
    lead: say.productsFor(kinds[kind].name),
    main: html`${
      given.open.length > 0
        ? given.open.map(one)
        : html`<section class="sheet" aria-labelledby="niente"><header><h2 id="niente">${say.nothing}</h2></header><div class="body"><p>${say.otherwise} ${link("/assistenza", say.help)}</p></div></section>`
    }${
      given.closed.length > 0 &&
      html`<section class="sheet" aria-labelledby="chiusi"><header><h2 id="chiusi">${review.notPossible}</h2></header><div class="body"><ul class="plain-list">${given.closed.map((p) => html`<li>${wizard.closedFor(kinds[kind].name, p.title)}.</li>`)}</ul></div></section>`
    }
  <p class="below">${link("/chi-puo-aderire", say.back)}</p>`,
  });
};

/** How many joined what and where, and how long it really takes. */
export const numbersPage = (given: { language: Language; path: string; numbers: AdhesionNumbers }): string => {
  const { language, numbers } = given;
  const { pages: say } = adhesionWords[language];
  const count = (n: number | null): string =>
    n === null ? say.tooFew : new Intl.NumberFormat(language === "it" ? "it-IT" : language).format(n);
  const time = (seconds: number | null): string => (seconds === null ? "—" : duration(language, seconds));
  const table = (id: string, title: string, heads: string[], rows: string[][]): Html =>
    html`<section class="sheet" aria-labelledby="${id}"><header><h2 id="${id}">${title}</h2></header>${
      rows.length === 0
        ? html`<div class="body"><p class="muted">${say.none}</p></div>`
        : html`<div class="table-box" tabindex="0"><table><thead><tr>${heads.map((head, n) => html`<th scope="col"${n > 0 && html` class="num"`}>${head}</th>`)}</tr></thead>
  <tbody>${rows.map((row) => html`<tr><th scope="row">${row[0]}</th>${row.slice(1).map((cell) => html`<td class="num">${cell}</td>`)}</tr>`)}</tbody></table></div>`
    }</section>`;
  return page({
    ...given,
    title: say.numbersTitle,
    lead: say.numbersLead,
    main: html`${table(
      "prodotti",
      say.byProduct,
      [say.product, say.institutions],
      numbers.products.map((p) => [p.title, count(p.institutions)]),
    )}${table(
      "regioni",
      say.byRegion,
      [say.region, say.institutions],
      numbers.regions.map((r) => [r.region ? regions[r.region as RegionCode] : say.notSaid, count(r.institutions)]),
    )}${table(
      "tempi",
      say.times,
      [say.product, say.completed, say.toReview, say.toSign, say.whole],
      numbers.products
        .filter((p) => p.completed !== null || p.toDecision !== null)
        .map((p) => [p.title, count(p.completed), time(p.toDecision), time(p.toSignature), time(p.whole)]),
    )}
  <p class="s muted below">${say.method} ${say.updated(day(language, numbers.at))}</p>
  <p class="below">${link("/chi-puo-aderire", say.title)}</p>`,
  });
};

export type RulesData = {
  language: Language;
  path: string;
  inForce: string;
  versions: { version: string; since: string; rules: readonly RuleName[] }[];
  products: { title: string; rules: readonly RuleName[] }[];
};
/** The rules that approve without a person, as they are: every version, and where each holds. */
export const rulesPage = (given: RulesData): string => {
  const { language } = given;
  const { rules: say } = adhesionWords[language];
  return page({
    ...given,
    title: say.title,
    lead: say.lead,
    main: html`${[...given.versions].reverse().map(
      (
        v,
      ) => html`<section class="sheet" aria-labelledby="v${v.version}"><header><h2 id="v${v.version}">${say.version(v.version, day(language, v.since))}</h2></header>
  <div class="body stack">${v.rules.map((rule) => html`<div><h3>${say.names[rule].name}</h3><p>${say.names[rule].how}</p></div>`)}<p>${say.never}</p><p class="s muted">${say.kept}</p></div></section>`,
    )}<section class="sheet" aria-labelledby="dove"><header><h2 id="dove">${say.where}</h2></header><div class="body"><dl class="facts">${given.products.map(
      (p) =>
        html`<div><dt>${p.title}</dt><dd>${p.rules.map((rule) => say.names[rule].name).join(", ") || say.none}</dd></div>`,
    )}</dl></div></section>
  <p class="below">${link("/chi-puo-aderire", adhesionWords[language].pages.title)}</p>`,
  });
};
