import type { LinkReading, ProblemCode, SignatureCheck } from "@area/api";
import { day, dayInWords, distance, type Facts, type Language, problemText, time } from "@area/words";
import { type PageWords, pageWords } from "@area/words/pages/index";
import type { z } from "zod";
import { type Html, html, trusted } from "../platform/page.ts";
import { code, fill, fillText, icon, layout, link, plainHeader } from "./layout.ts";

export type Reading = z.infer<typeof LinkReading>;
export type Check = z.infer<typeof SignatureCheck>;
export type LinkProblem = { code: ProblemCode; facts?: Facts };
type Shared = { language: Language; path: string; reading: Reading; token: string; now?: Date };

const signAddress = (token: string, part = "") => `/accordo/${encodeURIComponent(token)}${part}`;
const cancelAddress = (token: string) => `/annulla/${encodeURIComponent(token)}`;

/** "in 19 days" counts the days of the calendar, in Rome: a link that ends tonight ends today. */
const romanDay = (at: string | Date) =>
  new Date(new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" }).format(new Date(at)));
const daysTo = (language: Language, at: string, now: Date = new Date()): string =>
  distance(language, romanDay(at), romanDay(now));

const sizeText = (language: Language, bytes: number): string => {
  const words = pageWords[language].agreement;
  const [amount, sentence] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), words.kilobytes] : [bytes / 1_000_000, words.megabytes];
  return fillText(sentence, { n: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(amount) });
};

/** A digest in groups of eight: easy to compare, and copied without spaces. */
const digest = (sha256: string): Html =>
  html`<span class="digest code">${(sha256.match(/.{1,8}/g) ?? []).map((group) => html`<span>${group}</span>`)}</span>`;

type Step = "sign" | "sign-again" | "checked" | "countersign" | "active";
const stepper = (words: PageWords["agreement"], step: Step, product: string, signing: Signing = []): Html => {
  const done = (text: string) =>
    html`<li class="done">${icon("check")} <span class="hidden">${words.done}</span>${text}</li>`;
  const second = {
    sign: html`<li aria-current="step">${words.stepSign}</li>`,
    "sign-again": html`<li class="bad" aria-current="step">${words.stepSignAgain}</li>`,
    checked: html`<li aria-current="step">${words.stepChecked}</li>`,
    countersign: done(words.stepSign),
    active: done(words.stepSign),
  }[step];
  const company =
    signing.some(({ party }) => party === "company") &&
    (step === "active"
      ? done(words.stepCompany)
      : html`<li${step === "countersign" ? trusted(' aria-current="step"') : ""}>${words.stepCompany}</li>`);
  const active = fillText(words.stepActive, { product });
  return html`<ol class="stepper" aria-label="${words.steps}">${done(words.stepWritten)}${second}${company}${step === "active" ? html`<li class="done" aria-current="step">${icon("check")} <span class="hidden">${words.done}</span>${active}</li>` : html`<li>${active}</li>`}</ol>`;
};

type Signing = Reading["signing"];
/** Who signs, in order: shown only where it is more than one. */
const signingSheet = (language: Language, signing: Signing): Html | false => {
  const words = pageWords[language].agreement;
  const said = (one: Signing[number]): string =>
    one.state === "signed"
      ? fillText(words.signedOn, { date: day(language, one.signedAt!) })
      : one.state === "next"
        ? fillText(words.turnSince, { date: day(language, one.since!) })
        : words.turnLater;
  return (
    signing.length > 1 &&
    html`<section class="sheet" aria-labelledby="firme"><header><h2 id="firme">${words.signing}</h2></header>
  <div class="body"><ul class="checks oks">${signing.map(
    (one) =>
      html`<li class="${one.state === "signed" ? "positive" : "neutral"}">${icon(one.state === "signed" ? "right2" : "clock")}<span>${one.name}, ${words.parties[one.party]}<br><small>${said(one)}</small></span></li>`,
  )}</ul></div></section>`
  );
};

const page = (data: Shared, address: string, title: string, main: Html, options: { narrow?: boolean } = {}): string => {
  const { language, reading } = data;
  const { agreement } = pageWords[language];
  const open = reading.state === "awaiting-signature";
  return layout({
    language,
    title,
    header: plainHeader(language, address, {
      label: fillText(agreement.label, { product: reading.productTitle }),
      name: reading.institutionName,
      ...(open ? { aside: fill(agreement.signBy, { date: html`<b>${day(language, reading.expiresAt)}</b>` }) } : {}),
    }),
    main,
    ...(options.narrow ? { mainClass: "narrow" } : {}),
    foot: "slim",
    hiddenFromSearch: true,
  });
};

/** One form for sending and for checking: the second button posts to another address. No script. */
const uploadForm = (
  data: Shared,
  options: { main: boolean; download: boolean; problem?: LinkProblem; note?: boolean },
): Html => {
  const { language, token } = data;
  const words = pageWords[language].agreement;
  const wrong = options.problem && problemText(language, options.problem.code, options.problem.facts ?? {});
  const described = wrong ? "file-errore file-aiuto" : "file-aiuto";
  return html`<form class="upload" method="post" action="${signAddress(token)}" enctype="multipart/form-data">
  ${options.download && html`<a class="btn plain" href="${signAddress(token, "/documento")}">${icon("download")} ${words.download}</a>`}
  <div class="field w12"><label for="file">${words.chooseFile}</label>
    <input class="filebox" id="file" name="file" type="file" accept=".p7m,.pdf" required aria-describedby="${described}"${wrong ? trusted(' aria-invalid="true"') : ""}>
    ${wrong && html`<div class="error" id="file-errore">${icon("wrong")}<div><b>${wrong.title}</b><span class="mend">${wrong.detail}</span></div></div>`}
    <p class="hint" id="file-aiuto">${fill(words.fileHint, { p7m: code(".p7m"), pdf: code(".pdf") })}</p></div>
  <div class="row acts"><button class="btn ${options.main ? "main" : "plain"}" type="submit">${icon("upload")} ${words.send}</button><button class="btn plain" type="submit" formaction="${signAddress(token, "/controllo")}">${words.check}</button></div>
  ${options.note !== false && html`<p class="s muted">${words.checkHint}${data.reading.kind === "adhesion" ? ` ${words.sendHint}` : ""}</p>`}
</form>`;
};

const brief = (data: Shared): Html => {
  const { language, reading } = data;
  const words = pageWords[language].agreement;
  return html`<section class="sheet" aria-labelledby="breve"><header><h2 id="breve">${words.facts}</h2></header>
  <div class="body"><dl class="facts">
    <div><dt>${words.institution}</dt><dd>${reading.institutionName}</dd></div>
    <div><dt>${words.product}</dt><dd>${reading.productTitle}</dd></div>
    <div><dt>${words.signer}</dt><dd>${reading.signer}</dd></div>
    <div><dt>${words.deadline}</dt><dd>${day(language, reading.expiresAt)}, ${daysTo(language, reading.expiresAt, data.now)}</dd></div>
  </dl></div></section>`;
};

const rules = (data: Shared): Html => {
  const { language, reading } = data;
  const words = pageWords[language].agreement;
  const signer = html`<b>${reading.signer}</b>`;
  const lines = [
    html`${words.ruleOriginal}`,
    html`${fill(words.ruleSigner, { signer })}`,
    html`${words.ruleStamp}`,
    html`${words.ruleLink}`,
  ];
  return html`<section class="sheet" aria-labelledby="regole"><header><h2 id="regole">${words.rules}</h2></header>
  <div class="body"><ul class="checks">${lines.map((line) => html`<li class="positive">${icon("right2")}<span class="s">${line}</span></li>`)}</ul></div></section>`;
};

/** What holds a link whose agreement can no longer, or not yet, be signed. */
const statePage = (data: Shared, state: Exclude<Reading["state"], "awaiting-signature">, address: string): string => {
  const { language, reading } = data;
  const { outcome, error } = pageWords[language];
  const [said, tone] = {
    "awaiting-countersignature": [outcome.countersigning, "progress"] as const,
    completed: [reading.kind === "adhesion" ? outcome.completed : outcome.completedOther, "positive"] as const,
    cancelled: [outcome.cancelled, "neutral"] as const,
    expired: [outcome.expired, "attention"] as const,
    superseded: [outcome.superseded, "neutral"] as const,
    submitted: [outcome.notReady, "progress"] as const,
  }[state];
  const values = {
    product: html`<b>${reading.productTitle}</b>`,
    institution: html`<b>${reading.institutionName}</b>`,
    date: html`<b>${dayInWords(language, reading.expiresAt)}</b>`,
  };
  const act = {
    "awaiting-countersignature": html`<a class="btn main" href="${address}">${outcome.reload}</a>`,
    completed: html`<a class="btn main" href="/">${outcome.enter}</a>`,
    cancelled: html`<a class="btn main" href="/adesione">${outcome.join}</a>`,
    expired: html`<a class="btn main" href="/">${outcome.enter}</a>`,
    superseded: html`<a class="btn main" href="/">${outcome.enter}</a>`,
    submitted: html`<a class="btn main" href="${address}">${outcome.reload}</a>`,
  }[state];
  const main = html`<section class="sheet outcome" aria-labelledby="esito"><div class="verdict"><div role="status">
    <span class="chip ${tone}">${said.chip}</span>
    <h1 id="esito">${said.title}</h1>
    <p>${fill(said.detail, values)}</p>
    <div class="row acts">${act}<a class="btn plain" href="/assistenza">${error.help}</a></div>
  </div></div></section>${signingSheet(language, reading.signing)}`;
  return page(data, address, said.title, main, { narrow: true });
};

const fileProblems: readonly ProblemCode[] = ["file-missing", "file-too-large", "upload-truncated"];

/** Where the link of the PEC leads: download the agreement, have it signed, send it back. Opening it consumes nothing. */
export const signLandingPage = (
  data: Shared & {
    problem?: LinkProblem;
    /** The service that signs inside the portal. */
    remote?: string | null;
  },
): string => {
  const { language, reading, token } = data;
  const address = signAddress(token);
  if (reading.state !== "awaiting-signature") return statePage(data, reading.state, address);
  if (!reading.agreement) return statePage(data, "submitted", address);
  const { agreement: words } = pageWords[language];
  const values = {
    signer: html`<b>${reading.signer}</b>`,
    institution: html`<b>${reading.institutionName}</b>`,
    date: html`<b>${dayInWords(language, reading.expiresAt)}</b>`,
    distance: daysTo(language, reading.expiresAt, data.now),
  };
  const title = fillText(words.titles[reading.kind], { product: reading.productTitle });
  const wrong = data.problem && problemText(language, data.problem.code, data.problem.facts ?? {});
  // What is wrong with the file is said at its field; the note on top leads there.
  const ofFile = data.problem !== undefined && fileProblems.includes(data.problem.code);
  const main = html`
  ${stepper(words, "sign", reading.productTitle, reading.signing)}
  ${wrong && html`<div class="note critical page-note" role="alert">${icon("wrong")}<div><h2>${ofFile ? html`<a href="#file">${wrong.title}</a>` : wrong.title}</h2>${!ofFile && html`<p>${wrong.detail}</p>`}</div></div>`}
  <div class="title"><div><h1>${title}</h1><p>${fill(words.lead, values)}</p></div></div>
  <div class="cols"><div>
  <section class="sheet" aria-labelledby="scarica"><header><h2 id="scarica">${words.downloadStep}</h2></header>
    <div class="body stack"><p class="s muted">${words.downloadLead}</p>
    <dl class="facts">
      <div><dt>${words.file}</dt><dd>${code(reading.agreement.name)}</dd></div>
      <div><dt>${words.size}</dt><dd>${sizeText(language, reading.agreement.length)}</dd></div>
      <div><dt>${words.digest}</dt><dd>${digest(reading.agreement.sha256)}<br><small class="quiet">${words.digestHint}</small></dd></div>
    </dl>
    <p><a class="btn plain" href="${signAddress(token, "/documento")}">${icon("download")} ${words.download}</a></p></div>
  </section>
  ${
    data.remote &&
    html`<section class="sheet" aria-labelledby="qui"><header><h2 id="qui">${words.remoteStep}</h2></header>
    <div class="body stack"><p class="s muted">${fill(words.remoteLead, { signer: html`<b>${reading.signer}</b>`, service: html`<b>${data.remote}</b>` })}</p>
    <p><a class="btn main" href="${signAddress(token, "/firma")}">${icon("pen")} ${words.remote}</a></p></div>
  </section>`
  }
  <section class="sheet" aria-labelledby="carica"><header><h2 id="carica">${words.uploadStep}</h2></header>
    <div class="body stack"><p class="s muted">${fill(words.uploadLead, { signer: html`<b>${reading.signer}</b>`, p7m: code(".p7m"), pdf: code(".pdf") })}</p>
    ${uploadForm(data, { main: !data.remote, download: false, ...(ofFile ? { problem: data.problem } : {}) })}</div>
  </section>
  </div><aside>${brief(data)}${signingSheet(language, reading.signing)}${rules(data)}</aside></div>`;
  return page(data, address, title, main);
};

type Wrong = { title: string; detail: string; compare: { label: string; value: Html; bad?: boolean }[]; mend: Html };
const wrongOf = (data: Shared, check: Check): Wrong => {
  const { language, reading, token } = data;
  const { verdict } = pageWords[language];
  const facts = check.facts ?? {};
  const actualName = facts.signer ?? facts.name ?? "";
  const said = problemText(language, check.problem ?? "not-a-signature", {
    ...facts,
    ...(check.code === "signer" ? { signer: actualName, expected: reading.signer } : {}),
  });
  const original = link(signAddress(token, "/documento"), verdict.originalLink);
  const compare: Wrong["compare"] = [];
  const put = (label: string, value: string | undefined, bad = false, isCode = false) => {
    if (value) compare.push({ label, value: isCode ? code(value) : html`${value}`, bad });
  };
  if (check.code === "document") {
    put(verdict.digest, facts.actual, true, true);
    put(verdict.expected, facts.expected, false, true);
    const changed = facts.changed && verdict.changedKinds[facts.changed as keyof typeof verdict.changedKinds];
    put(verdict.changedWhat, changed || facts.found, true);
    put(verdict.changedPages, facts.pages);
    const another = check.problem === "signature-of-another-document";
    return {
      title: changed ? verdict.changedTitle : said.title,
      detail: changed ? verdict.changedDetail : another ? verdict.rule.document : said.detail,
      compare,
      mend: html`${fill(verdict.mendDocument, { link: original })}`,
    };
  }
  if (check.code === "signer") {
    const person = (name: string, taxCode: string | undefined) =>
      html`${name}${name && taxCode ? ", " : ""}${taxCode && code(taxCode)}`;
    if (actualName || facts.actual)
      compare.push({ label: verdict.signedBy, value: person(actualName, facts.actual), bad: true });
    compare.push({
      label: verdict.expected,
      value: person(reading.signer, facts.expected === reading.signer ? undefined : facts.expected),
    });
    const another = check.problem === "signer-not-legal-representative";
    return {
      title:
        another && actualName
          ? fillText(verdict.signerTitle, { actual: actualName, signer: reading.signer })
          : said.title,
      detail: verdict.rule.signer,
      compare,
      mend: another ? html`${fill(verdict.mendSigner, { signer: reading.signer })}` : html`${said.detail}`,
    };
  }
  if (check.code === "trust") put(verdict.issuer, facts.issuer, true);
  if (check.code === "validity") {
    const date = (value: string | undefined) =>
      value && !Number.isNaN(Date.parse(value)) ? day(language, value) : undefined;
    put(verdict.validFrom, date(facts.notBefore), check.problem === "signer-certificate-not-yet-valid");
    put(verdict.validUntil, date(facts.notAfter), check.problem === "signer-certificate-expired");
  }
  return { title: said.title, detail: verdict.rule[check.code], compare, mend: html`${said.detail}` };
};

const lines = [54, 65, 76, 87, 98, 109, 120, 131, 142]
  .map((y, i) => `<rect x="22" y="${y}" width="${[96, 88, 100, 72, 94, 90, 60, 98, 84][i]}" height="3.5" rx="1"/>`)
  .join("");
const sheetPicture = (label: string, extra: string): Html =>
  html`<svg viewBox="0 0 144 188" role="img" aria-label="${label}">${trusted(`<path class="sheet-edge" d="M1 1h108l34 34v152H1z"/><path class="sheet-fold" d="M109 1v34h34"/><g class="ink"><rect x="22" y="24" width="58" height="6" rx="1"/>${lines}</g>${extra}`)}</svg>`;
const signature = "M80 168c5-11 8-11 9-3s5 5 9-3 5 5 10 2 7-2 12-1";
const stamp =
  '<g class="stamp" transform="rotate(-5 72 96)"><rect x="44" y="70" width="88" height="36" rx="2"/><path d="M53 82h52M53 94h70"/></g>';

const pictures = (words: PageWords["verdict"], changed: boolean, badSigner: boolean, unsigned: boolean): Html => {
  const label =
    changed && badSigner
      ? words.pictureBoth
      : changed
        ? words.pictureChanged
        : badSigner
          ? words.pictureSigner
          : words.pictureFine;
  const ink = unsigned
    ? '<g class="sign none"><path d="M80 168h44"/></g>'
    : `<g class="sign${badSigner ? " bad" : ""}"><path d="${signature}"/></g>`;
  return html`<div class="docs">
      <figure>${sheetPicture(words.issuedPicture, '<g class="sign none"><path d="M80 168h44"/></g>')}<figcaption>${words.issued}</figcaption></figure>
      <figure>${sheetPicture(label, `${changed ? stamp : ""}${ink}`)}<figcaption>${words.uploaded}</figcaption></figure>
    </div>`;
};

export type VerdictData = Shared & {
  checks: readonly Check[];
  accepted: boolean;
  fileName: string;
  /** In bytes. */
  size: number;
  /** A refusal that is not of a check: the link was used meanwhile. */
  problem?: LinkProblem;
  /** The file was only checked, not sent. */
  checkedOnly?: boolean;
};

/** What the check found: what to mend and how, what is already right, and the form to try again. */
export const signVerdictPage = (data: VerdictData): string => {
  const { language, reading, checks } = data;
  // Without checks there is nothing to explain but the problem itself.
  if (checks.length === 0) return signLandingPage(data);
  const address = signAddress(data.token);
  const { verdict, agreement } = pageWords[language];
  const wrong = checks.filter((c) => c.outcome === "failed" || c.outcome === "to-review");
  const right = checks.filter((c) => c.outcome === "passed");
  const later = checks.filter((c) => c.outcome === "not-reached");
  const failed = (code: Check["code"]) => wrong.some((c) => c.code === code);
  const fine = data.accepted;
  const title = fine ? verdict.fineHeading : verdict.heading(wrong.length, right.length);
  const moment = fill(data.checkedOnly || fine ? verdict.checkedAt : verdict.sentAt, {
    time: time(language, data.now ?? new Date()),
  });
  // The problem of a check is explained below, among what is to mend.
  const said = data.problem && !wrong.some((c) => c.problem === data.problem?.code) ? data.problem : undefined;
  const problem = said && problemText(language, said.code, said.facts ?? {});
  const list = (items: readonly Check[], name: string, heading: string, note?: string) =>
    items.length > 0 &&
    html`<section class="sheet" aria-labelledby="${name}"><header><h2 id="${name}">${heading}</h2><span class="count">${items.length}</span></header>
    <div class="body">${note && html`<p class="s muted">${note}</p>`}<ul class="checks oks">${items.map(
      (c) =>
        html`<li class="${note ? "neutral" : "positive"}">${icon(note ? "clock" : "right2")}<span>${note ? html`${verdict.rule[c.code]}` : html`${verdict.ok[c.code].title}<br><small>${verdict.ok[c.code].note}</small>`}</span></li>`,
    )}</ul></div></section>`;
  const main = html`
  ${stepper(agreement, fine ? "checked" : "sign-again", reading.productTitle, reading.signing)}
  ${problem && html`<div class="note critical page-note" role="alert">${icon("wrong")}<div><h2>${problem.title}</h2><p>${problem.detail}</p></div></div>`}
  <div class="cols"><div>
  <section class="sheet"><div class="verdict"><div role="status">
      <span class="chip ${fine ? "positive" : "critical"}">${fine ? verdict.fine : data.checkedOnly ? verdict.notAcceptedCheck : verdict.notAccepted}</span>
      <h1>${title}</h1>
      <p class="muted">${fine ? (reading.kind === "adhesion" ? verdict.fineLead : verdict.fineLeadOther) : fill(verdict.kept, { date: dayInWords(language, reading.expiresAt) })}</p>
      <p class="file">${icon("doc", true)} <span>${code(data.fileName)}<br>${sizeText(language, data.size)}, ${moment}</span></p>
    </div>
    ${pictures(verdict, failed("document"), failed("signer") || failed("integrity") || failed("trust") || failed("validity"), failed("form"))}
  </div></section>
  ${
    wrong.length > 0 &&
    html`<section class="sheet" aria-labelledby="no"><header><h2 id="no">${verdict.toMend}</h2><span class="count">${wrong.length}</span></header>
    <ol class="wrongs">${wrong.map((check) => {
      const one = wrongOf(data, check);
      return html`<li><span class="n">${icon("wrong")}</span><div><h3>${one.title}</h3><p>${one.detail}</p>${one.compare.length > 0 && html`<dl class="cmp">${one.compare.map((row) => html`<div><dt>${row.label}</dt><dd${row.bad ? trusted(' class="no"') : ""}>${row.value}</dd></div>`)}</dl>`}</div><div class="mend"><h4>${verdict.mend}</h4><p>${one.mend}</p></div></li>`;
    })}</ol></section>`
  }
  ${list(right, "si", verdict.right)}
  ${list(later, "dopo", verdict.later, verdict.laterNote)}
  ${!fine && html`<p class="s muted after">${fill(verdict.help, { link: link("/assistenza", verdict.helpLink) })}</p>`}
  </div><aside>
  <section class="sheet path" aria-labelledby="ancora"><header><h2 id="ancora">${fine ? agreement.uploadStep : agreement.uploadAgain}</h2></header>
    <div class="body">${uploadForm(data, { main: true, download: !fine })}</div></section>
  ${brief(data)}
  </aside></div>`;
  return page(data, address, title, main);
};

export type SignedData = {
  language: Language;
  path: string;
  token: string;
  result: {
    kind: Reading["kind"];
    productTitle: string;
    institutionName: string;
    signedAt: string;
    completedAt: string | null;
    signer: string;
    signing: Signing;
  };
};
const settled = (
  data: { language: Language; path: string; token: string },
  state: Reading["state"],
  names: { productTitle: string; institutionName: string },
): Shared => ({
  ...data,
  reading: {
    purpose: "sign",
    kind: "adhesion",
    state,
    signer: "",
    expiresAt: new Date(0).toISOString(),
    agreement: null,
    signing: [],
    ...names,
  },
});

/** The agreement came back signed: the product is active, and this is what happens now. */
export const signedPage = (data: SignedData): string => {
  const { language, result } = data;
  const { agreement, outcome } = pageWords[language];
  if (result.completedAt === null) {
    const shared = settled(data, "awaiting-countersignature", {
      productTitle: result.productTitle,
      institutionName: result.institutionName,
    });
    return statePage(
      { ...shared, reading: { ...shared.reading, signing: result.signing } },
      "awaiting-countersignature",
      signAddress(data.token),
    );
  }
  const other = result.kind !== "adhesion";
  const title = fillText(other ? outcome.signedOtherTitle : outcome.signedTitle, { product: result.productTitle });
  const values = {
    institution: html`<b>${result.institutionName}</b>`,
    date: dayInWords(language, result.signedAt),
    time: time(language, result.signedAt),
    signer: html`<b>${result.signer}</b>`,
  };
  const next = other
    ? ([["doc", outcome.nextCopy]] as const)
    : ([
        ["mail", outcome.nextMail],
        ["people", outcome.nextAdministrators],
        ["doc", outcome.nextCopy],
      ] as const);
  const main = html`${stepper(agreement, "active", result.productTitle, result.signing)}
  <section class="sheet outcome" aria-labelledby="esito"><div class="verdict"><div role="status">
    <span class="chip positive">${outcome.signedChip}</span>
    <h1 id="esito">${title}</h1>
    <p>${fill(other ? outcome.signedOtherLead : outcome.signedLead, values)}</p>
    <div class="row acts"><a class="btn main" href="/">${outcome.enter}</a></div>
  </div></div></section>
  <section class="sheet" aria-labelledby="ora"><header><h2 id="ora">${outcome.next}</h2></header>
  <div class="body"><ul class="checks">${next.map(([name, text]) => html`<li class="neutral">${icon(name)}<span>${text}</span></li>`)}</ul></div></section>`;
  return page(settled(data, "completed", result), signAddress(data.token), title, main, { narrow: true });
};

/** Where the link for cancelling leads. Opening it changes nothing: only the button does. */
export const cancelLandingPage = (data: Shared): string => {
  const { language, reading, token } = data;
  const address = cancelAddress(token);
  if (reading.state !== "awaiting-signature" && reading.state !== "submitted")
    return statePage(data, reading.state, address);
  const { cancel } = pageWords[language];
  const title = fillText(cancel.title, { product: reading.productTitle });
  const main = html`<section class="sheet outcome" aria-labelledby="domanda"><div class="verdict"><div>
    <h1 id="domanda">${title}</h1>
    <p>${fill(cancel.lead, { institution: html`<b>${reading.institutionName}</b>` })}</p>
    <p>${cancel.reversible}</p>
    <form class="row acts" method="post" action="${address}"><a class="btn plain" href="/">${cancel.keep}</a><button class="btn danger" type="submit">${cancel.confirm}</button></form>
    <p class="s muted">${cancel.keepHint}</p>
  </div></div></section>`;
  return page(data, address, title, main, { narrow: true });
};

export type CancelledData = {
  language: Language;
  path: string;
  token: string;
  result: { productTitle: string; institutionName: string };
};
export const cancelledPage = (data: CancelledData): string => {
  const { language, result } = data;
  const { cancel, outcome, error } = pageWords[language];
  const title = fillText(cancel.doneTitle, { product: result.productTitle });
  const main = html`<section class="sheet outcome" aria-labelledby="esito"><div class="verdict"><div role="status">
    <span class="chip neutral">${cancel.doneChip}</span>
    <h1 id="esito">${title}</h1>
    <p>${fill(cancel.doneLead, { institution: html`<b>${result.institutionName}</b>` })}</p>
    <div class="row acts"><a class="btn plain" href="/adesione">${outcome.join}</a><a class="btn text" href="/">${error.home}</a></div>
  </div></div></section>`;
  return page(settled(data, "cancelled", result), cancelAddress(data.token), title, main, { narrow: true });
};
