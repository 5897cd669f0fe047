import { frame } from "../../kit/frame.ts";
import { type Html, html } from "../../kit/html.ts";
import { type Message, pieces } from "./message.ts";

const NAME = "Casella di prova";
const SIGN = "Qui si fermano tutti i messaggi dello sviluppo, PEC comprese: nessuno arriva davvero a destinazione.";
const PAGE = 100;

function page(title: string, content: Html): Html {
  return frame({
    title,
    name: NAME,
    home: "/",
    sign: SIGN,
    content,
  });
}

export function listPage(messages: readonly Message[], search: string, start: number, smtpUrl: string): Html {
  const shown = messages.slice(start, start + PAGE);
  const more = start + PAGE < messages.length;
  return page(
    "Messaggi",
    html`<h1>Messaggi</h1>
<form class="search" action="/" role="search">
<label for="cerca">Cerca per destinatario o oggetto</label>
<input class="field" type="search" id="cerca" name="q" value="${search}" autocomplete="off">
<button class="btn">Cerca</button>
</form>
<section class="sheet" aria-labelledby="elenco">
<header><h2 id="elenco">${search ? `Con «${search}»` : "Tutti, dal più recente"}</h2><span class="muted s">${messages.length}</span>${search && html`<a href="/">Togli la ricerca</a>`}</header>
${shown.length === 0 ? empty(search, smtpUrl) : html`<ul class="rows mails">${shown.map(row)}</ul>`}
</section>
${
  (start > 0 || more) &&
  html`<nav class="actions" aria-label="Pagine">
${start > 0 && html`<a class="btn" href="${listAddress(search, Math.max(0, start - PAGE))}">Più recenti</a>`}
${more && html`<a class="btn" href="${listAddress(search, start + PAGE)}">Più vecchi</a>`}
</nav>`
}`,
  );
}

function listAddress(search: string, start: number): string {
  return `/?${new URLSearchParams({ ...(search && { q: search }), da: String(start) })}`;
}

function row(message: Message): Html {
  return html`<li><a href="/messaggi/${message.id}"><span class="kind">${kindChip(message)}</span><span class="what"><b>${message.subject || "(senza oggetto)"}</b><span class="s muted"><span class="hidden">a </span>${message.to.join(", ")}</span></span>${moment(message.at)}</a></li>`;
}

function empty(search: string, smtpUrl: string): Html {
  return search
    ? html`<div class="body"><p>Nessun messaggio con «${search}» nel destinatario o nell’oggetto.</p></div>`
    : html`<div class="body"><p>Ancora nessun messaggio. Qui arriva tutto ciò che il portale spedisce a <span class="code">${smtpUrl}</span>: prova a invitare una persona o a inviare un accordo.</p></div>`;
}

function kindChip(message: Message): Html {
  return message.kind === "pec" ? html`<span class="chip pec">PEC</span>` : html`<span class="chip">E-mail</span>`;
}

export function messagePage(message: Message, now = new Date()): Html {
  return page(
    message.subject || "Messaggio",
    html`<p class="crumb s"><a href="/">Tutti i messaggi</a></p>
<h1>${message.subject || "(senza oggetto)"}</h1>
<section class="sheet" aria-label="Intestazione"><div class="body"><dl class="facts">
<div><dt>Tipo</dt><dd>${kindChip(message)}</dd></div>
<div><dt>Da</dt><dd>${message.fromName && `${message.fromName} `}<span class="code">${message.from}</span></dd></div>
<div><dt>A</dt><dd>${message.to.map((address) => html`<span class="code">${address}</span><br>`)}</dd></div>
<div><dt>Arrivato</dt><dd>${moment(message.at, now, true)}</dd></div>
</dl></div></section>
<section class="sheet" aria-labelledby="testo"><header><h2 id="testo">Testo</h2></header>
<div class="body"><div class="text">${
      message.text
        ? pieces(message.text).map((piece) =>
            piece.link ? html`<a href="${piece.text}" rel="noreferrer">${piece.text}</a>` : piece.text,
          )
        : html`<span class="muted">Il messaggio non ha testo.</span>`
    }</div></div></section>
${
  message.attachments.length > 0 &&
  html`<section class="sheet" aria-labelledby="allegati"><header><h2 id="allegati">Allegati</h2><span class="muted s">${message.attachments.length}</span></header>
<ul class="rows files">${message.attachments.map(
    (file, index) =>
      html`<li><a href="/messaggi/${message.id}/allegati/${index}">Scarica ${file.name}</a><span class="s muted"><span class="code">${file.type}</span> · ${sizeOf(file.size)}</span></li>`,
  )}</ul></section>`
}
<p class="actions"><a class="btn" href="/api/messages/${message.id}/raw">Scarica il messaggio (.eml)</a></p>`,
  );
}

export function problemPage(title: string, text: string): Html {
  return page(
    title,
    html`<h1>${title}</h1><p class="lead">${text}</p><p class="actions"><a class="btn" href="/">Torna ai messaggi</a></p>`,
  );
}

const DAY = new Intl.DateTimeFormat("it-IT", { timeZone: "Europe/Rome", dateStyle: "short" });
const DATE = new Intl.DateTimeFormat("it-IT", {
  timeZone: "Europe/Rome",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});
const TIME = new Intl.DateTimeFormat("it-IT", { timeZone: "Europe/Rome", hour: "2-digit", minute: "2-digit" });

function moment(at: string, now = new Date(), full = false): Html {
  const date = new Date(at);
  const today = DAY.format(date) === DAY.format(now);
  return html`<time class="s muted nowrap" datetime="${at}">${full || !today ? `${DATE.format(date)} ` : ""}${TIME.format(date)}</time>`;
}

function sizeOf(bytes: number): string {
  const number = (value: number) => value.toLocaleString("it-IT", { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${bytes} byte`;
  return bytes < 1024 * 1024 ? `${number(bytes / 1024)} KB` : `${number(bytes / 1024 / 1024)} MB`;
}
