import type { Person } from "./people.ts";

export const formats = [
  { key: "cades", label: "CAdES", note: "Una busta con dentro il PDF: esce un file .pdf.p7m" },
  { key: "pades", label: "PAdES", note: "La firma sta dentro il PDF: esce un file -firmato.pdf" },
] as const;

export const variants = [
  { key: "valid", label: "Valida", note: "Certificato di firma in corso di validità" },
  { key: "expired", label: "Certificato scaduto", note: "Scaduto ieri: il portale rifiuta" },
  { key: "untrusted", label: "Autorità sconosciuta", note: "Stessi nomi, altra radice: il portale rifiuta" },
  { key: "revoked", label: "Certificato revocato", note: "Denunciato un’ora fa: il portale lo chiede e rifiuta" },
  { key: "not-qualified", label: "Certificato non qualificato", note: "Di una firma semplice: il portale rifiuta" },
  {
    key: "not-for-signing",
    label: "Certificato non di firma",
    note: "Serve ad accedere, non a firmare: il portale rifiuta",
  },
] as const;

export type Format = (typeof formats)[number]["key"];
export type Variant = (typeof variants)[number]["key"];

export interface Choices {
  person: string;
  format: string;
  variant: string;
}

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const radios = (
  name: string,
  legend: string,
  options: readonly { key: string; label: string; note: string }[],
  chosen: string,
): string => `
      <fieldset>
        <legend>${escaped(legend)}</legend>
        ${options
          .map(
            ({ key, label, note }) => `<label class="choice">
          <input type="radio" name="${name}" value="${escaped(key)}" required${key === chosen ? " checked" : ""}>
          <span><strong>${escaped(label)}</strong><small>${escaped(note)}</small></span>
        </label>`,
          )
          .join("\n        ")}
      </fieldset>`;

export const personOptions = (people: Person[], chosen: string): string =>
  people
    .map(({ key, givenName, familyName, fiscalCode, note }) => {
      const told = [`${givenName} ${familyName}`, fiscalCode, note].filter(Boolean).join(" · ");
      return `<option value="${escaped(key)}"${key === chosen ? " selected" : ""}>${escaped(told)}</option>`;
    })
    .join("\n          ");

/** A page of the desk around what it says. */
export const framed = (title: string, body: string): string => `<!doctype html>
<html lang="it">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escaped(title)}</title>
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <header>
    <p class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z"/><path d="M9 22V11.5a3 3 0 0 1 6 0V22z"/></svg> <span>Banco di firma</span></p>
    <p class="mark">Ambiente di prova</p>
  </header>
  <main>
    ${body}
  </main>
</body>
</html>
`;

export const deskPage = (people: Person[], choices: Choices, problem?: string): string =>
  framed(
    `${problem ? "Da correggere · " : ""}Banco di firma di prova`,
    `<h1>Firma un documento</h1>
    <p class="lead">Le persone sono inventate e i certificati sono di prova: queste firme non hanno valore legale.</p>
    ${problem ? `<p class="problem" role="alert">${escaped(problem)}</p>` : ""}
    <form method="post" action="/sign" enctype="multipart/form-data">
      <div class="field">
        <label for="file">Documento PDF</label>
        <small id="file-note">Fino a 20 MB. Usa l’originale scaricato dal portale, senza timbri.</small>
        <input id="file" type="file" name="file" accept="application/pdf,.pdf" aria-describedby="file-note" required>
      </div>
      <div class="field">
        <label for="person">Chi firma</label>
        <select id="person" name="person" required>
          ${personOptions(people, choices.person)}
        </select>
      </div>${radios("format", "Formato", formats, choices.format)}${radios("variant", "Com’è la firma", variants, choices.variant)}
      <button type="submit">Firma</button>
    </form>
    <p class="foot"><a href="/trust.pem">Scarica il certificato radice</a> per verificare le firme con un altro programma.</p>`,
  );

export const style = `:root {
  color-scheme: light dark;
  --page: #f4f6f9; --surface: #fff; --line: #d9dfe8; --edge: #7d8ba2; --text: #15213a; --text-2: #465269;
  --action: #1c4fc9; --action-hover: #153d9f; --on-action: #fff; --tint: #e9effc; --link: #1a49b8;
  --test: #5f2d9c; --test-ground: #f3ecfc; --critical: #a11d17; --critical-ground: #fcebe9; --critical-line: #e8a8a2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1422; --surface: #151e30; --line: #2c3951; --edge: #7284a3; --text: #e9eef7; --text-2: #b7c2d6;
    --action: #8fb1ff; --action-hover: #b3caff; --on-action: #0a1733; --tint: #1e2d50; --link: #9dbbff;
    --test: #d7b8ff; --test-ground: #2c1b45; --critical: #ffb3ac; --critical-ground: #341614; --critical-line: #8a3a34;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 "Titillium Web", "Segoe UI", system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .75rem clamp(1rem, 4vw, 2rem); background: var(--surface); border-bottom: 1px solid var(--line); }
header p { margin: 0; }
.brand { display: flex; gap: .5rem; align-items: center; font-weight: 700; }
.brand svg { width: 1.25rem; height: 1.25rem; fill: var(--action); }
.mark { padding: .125rem .5rem; border-radius: 3px; background: var(--test-ground); color: var(--test); font-size: .875rem; font-weight: 600; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2rem) 4rem; }
h1 { margin: 0 0 .5rem; font-size: 1.875rem; line-height: 2.25rem; }
.lead { margin: 0 0 1.5rem; color: var(--text-2); }
.problem { margin: 0 0 1.5rem; padding: .75rem 1rem; border: 1px solid var(--critical-line); border-left-width: 3px; border-radius: 6px; background: var(--critical-ground); color: var(--critical); }
form { display: grid; gap: 1.5rem; padding: clamp(1rem, 4vw, 2rem); background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.field { display: grid; gap: .25rem; min-width: 0; }
.field label, legend { padding: 0; font-weight: 600; }
small { color: var(--text-2); font-size: .875rem; line-height: 1.25rem; }
input[type="file"], select { width: 100%; min-width: 0; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); color: inherit; font: inherit; text-overflow: ellipsis; }
fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.choice { display: flex; gap: .75rem; align-items: start; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
.choice:hover { background: var(--tint); }
.choice:has(:checked) { border-color: var(--action); background: var(--tint); }
.choice input { flex: none; width: 1.125rem; height: 1.125rem; margin: .1875rem 0 0; accent-color: var(--action); }
.choice strong, .choice small { display: block; }
.choice strong { font-weight: 600; }
button { justify-self: start; min-height: 2.75rem; padding: .5rem 1.5rem; border: 0; border-radius: 6px; background: var(--action); color: var(--on-action); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: var(--action-hover); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
code { overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0; }
button[value="no"] { background: var(--surface); color: var(--action); border: 1px solid var(--edge); }
.foot { margin-top: 1.5rem; color: var(--text-2); font-size: .875rem; }
@media (max-width: 30rem) { button { width: 100%; } }
`;
