import { frame } from "../../kit/frame.ts";
import { type Html, html } from "../../kit/html.ts";
import { type Anomaly, meaningOf } from "./anomaly.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { type LoginRequest, satisfies } from "./login-request.ts";
import type { Asked } from "./openid/index.ts";
import { OPENID_GROUPS, OPENID_OUTCOMES } from "./openid/outcomes.ts";
import { BROKEN, ERRORS, OUTCOMES, type Outcome } from "./outcomes.ts";
import { identityType, type Person, reachableLevels } from "./people.ts";
import type { StaffPerson } from "./staff/people.ts";

const SIGN =
  "Identità di prova per lo sviluppo: le persone sono inventate e non servono password. Non è un vero gestore SPID o CIE.";
const TYPES = { 1: "", 2: "Persona giuridica", 3: "Uso professionale", 4: "Uso professionale, azienda" } as const;

function page(title: string, content: Html, name = "IdP di prova", head?: Html): Html {
  return frame({ title, name, home: "/", sign: SIGN, content, head });
}

export function chooserPage(token: string, login: LoginRequest, people: readonly Person[]): Html {
  return whoEnters(token, login, people, "/accesso", [
    { label: "Errori SPID", outcomes: ERRORS.map(named) },
    { label: "Risposte rotte, da rifiutare", outcomes: BROKEN.map(named) },
  ]);
}

/** The same choice for CIE by OpenID: whoever holds the card reaches every level with it. */
export function openIdChooserPage(token: string, asked: Asked, people: readonly Person[]): Html {
  const login = {
    idp: { scheme: "cie", displayName: "IdP di prova (CIE, OpenID)" },
    sp: { displayName: asked.client.name },
    level: asked.level,
    comparison: "minimum",
    purpose: undefined,
    acceptedTypes: [1, 2, 3, 4],
  } as const;
  const groups = OPENID_GROUPS.map(({ label, outcomes }) => ({
    label,
    outcomes: outcomes.map((value): Named => ({ value, text: OPENID_OUTCOMES[value] })),
  }));
  return whoEnters(token, login, people, "/openid/accesso", groups);
}

type Named = { value: string; text: string };
const named = (value: Outcome): Named => ({ value, text: OUTCOMES[value] });
/** What the page needs to know of a request, whichever protocol it came by. */
type ToChoose = Pick<LoginRequest, "level" | "comparison" | "purpose" | "acceptedTypes"> & {
  idp: Pick<IdentityProvider, "scheme" | "displayName">;
  sp: { displayName: string };
};

function whoEnters(
  token: string,
  login: ToChoose,
  people: readonly Person[],
  action: string,
  groups: readonly { label: string; outcomes: readonly Named[] }[],
): Html {
  const { idp, sp } = login;
  const own = people.filter((person) => person.schemes.includes(idp.scheme));
  const asked =
    login.comparison === "exact"
      ? "il livello"
      : login.comparison === "maximum"
        ? "al più il livello"
        : "almeno il livello";
  return page(
    "Chi entra?",
    html`<h1>Chi entra?</h1>
<p class="lead"><b>${sp.displayName}</b> chiede ${asked} ${login.level}${login.purpose && html` per lo scopo <span class="code">${login.purpose}</span>`}. Scegli una persona: torni subito al servizio.</p>
<form method="post" action="${action}">
<input type="hidden" name="request" value="${token}">
<section class="sheet" aria-labelledby="risposta">
<header><h2 id="risposta">Come rispondere</h2></header>
<div class="body set">
<fieldset><legend>Livello</legend><div class="levels">
${[1, 2, 3].map((level) => html`<label><input type="radio" name="level" value="${level}"${level === login.level && html` checked`}><span><span class="hidden">Livello </span>${level}</span></label>`)}
</div></fieldset>
<div><label for="esito">Esito</label>
<select class="field" id="esito" name="outcome">
<option value="ok">${OUTCOMES.ok}</option>
${groups.map(({ label, outcomes }) => html`<optgroup label="${label}">${outcomes.map(({ value, text }) => html`<option value="${value}">${text}</option>`)}</optgroup>`)}
</select></div>
</div>
</section>
<section class="sheet" aria-labelledby="persone">
<header><h2 id="persone">Persone di prova</h2><span class="muted s">${own.length} con ${idp.scheme.toUpperCase()}</span></header>
<ul class="rows people">
${own.map((person) => personRow(person, login))}
</ul>
</section>
<p class="leave"><button class="btn" name="cancel" value="1">Annulla e torna al servizio</button></p>
</form>`,
    idp.displayName,
  );
}

export function staffChooserPage(token: string, people: readonly StaffPerson[]): Html {
  return page(
    "Chi entra?",
    html`<h1>Chi entra, fra il personale?</h1>
<p class="lead">Il portale chiede una persona della società. Sceglila: torni subito al servizio.</p>
<form method="post" action="/staff/accesso">
<input type="hidden" name="request" value="${token}">
<section class="sheet" aria-labelledby="persone">
<header><h2 id="persone">Personale di prova</h2><span class="muted s">${people.length} persone</span></header>
<ul class="rows people">
${people.map(
  (person) => html`<li>
<div><h3>${person.name}</h3>
<p class="s muted" id="nota-${person.key}">${person.note}</p>
<p class="s code">${person.groups.join(" ")}</p></div>
<button class="btn" name="person" value="${person.key}" aria-describedby="nota-${person.key}">Entra come ${person.name}</button>
</li>`,
)}
</ul>
</section>
<p class="leave"><button class="btn" name="cancel" value="1">Annulla e torna al servizio</button></p>
</form>`,
    "Gestore di prova del personale",
  );
}

function personRow(person: Person, login: ToChoose): Html {
  const full = `${person.givenName} ${person.familyName}`;
  const levels = reachableLevels(person, login.idp.scheme);
  const short = !levels.some((level) => satisfies(level, login));
  return html`<li>
<div><h3>${full} ${tags(person)}${short && html`<span class="chip attention">Non arriva al livello ${login.level}: errore 20</span>`}${!login.acceptedTypes.includes(identityType(person)) && html`<span class="chip attention">Tipo non ammesso: errore 30</span>`}</h3>
<p class="s muted" id="nota-${person.key}">${person.note}</p>
<p class="s code">${person.fiscalNumber}</p></div>
<button class="btn" name="person" value="${person.key}" aria-describedby="nota-${person.key}">Entra come ${full.length > 30 ? person.givenName : full}</button>
</li>`;
}

function tags(person: Person): Html {
  const type = TYPES[identityType(person)];
  return html`${type && html`<span class="chip test">${type}</span>`}`;
}

/** Carries the answer back by a form: by itself where scripts run, with one press where they do not. */
export function carryPage(name: string, location: string, fields: Record<string, string | undefined>): Html {
  return page(
    "Torna al servizio",
    html`<h1>Torna al servizio</h1>
<p class="lead">La risposta è pronta. Se la pagina non va avanti da sola, continua tu.</p>
<form method="post" action="${location}" id="continua" class="leave">
${Object.entries(fields).map(([field, value]) => value !== undefined && html`<input type="hidden" name="${field}" value="${value}">`)}
<button class="btn main">Continua</button>
</form>`,
    name,
    html`<script src="/submit.js" defer></script>`,
  );
}

export const submitScript = `document.getElementById('continua').submit();\n`;

export function anomalyPage(error: Anomaly, name: string): Html {
  return page(
    `Errore ${error.nr}`,
    html`<h1>La richiesta non va bene: errore ${error.nr}</h1>
<p class="lead">${meaningOf(error.nr)}.</p>
<div class="note"><p>${error.message}</p></div>
<p class="lead">È un difetto di chi ha fatto la richiesta: correggila e riparti dal servizio.</p>`,
    name,
  );
}

export function messagePage(title: string, text: string): Html {
  return page(title, html`<h1>${title}</h1><p class="lead">${text}</p>`);
}

export function homePage(
  idps: readonly IdentityProvider[],
  openId: { id: string; anchorId: string } | undefined,
  serviceProviders: readonly string[],
  people: readonly Person[],
): Html {
  return page(
    "Inizio",
    html`<h1>IdP di prova</h1>
<p class="lead">Per entrare parti dal servizio: ti porta qui, scegli una persona e torni indietro.</p>
<section class="sheet" aria-labelledby="indirizzi">
<header><h2 id="indirizzi">Indirizzi</h2></header>
<div class="body"><dl class="facts">
${idps.map((idp) => html`<div><dt>Metadata ${idp.scheme.toUpperCase()}</dt><dd><a class="code" href="${idp.metadataUrl}">${idp.metadataUrl}</a></dd></div>`)}
${openId && html`<div><dt>CIE per OpenID</dt><dd><span class="code">${openId.id}</span><br><span class="code">${openId.anchorId}</span> (anchor)</dd></div>`}
<div><dt>Servizi conosciuti</dt><dd>${serviceProviders.length === 0 ? "Nessuno." : serviceProviders.map((url) => html`<span class="code">${url}</span><br>`)}</dd></div>
</dl></div>
</section>
<section class="sheet" aria-labelledby="persone">
<header><h2 id="persone">Persone di prova</h2><span class="muted s">${people.length}</span></header>
<ul class="rows">
${people.map(
  (person) => html`<li><h3>${person.givenName} ${person.familyName} ${tags(person)}</h3>
<p class="s muted">${person.note}</p>
<p class="s muted"><span class="code">${person.key}</span> · <span class="code">${person.fiscalNumber}</span> · ${person.schemes.map((s) => s.toUpperCase()).join(" e ")} · livelli ${person.levels.join(", ")}</p></li>`,
)}
</ul>
</section>`,
  );
}
