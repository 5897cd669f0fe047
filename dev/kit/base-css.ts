// The colours and measures of the portal's look (design tokens), cut down to what a development tool's page needs.
// The violet hatching is the sign of an environment that is not production.
export const baseCss = `:root {
  --font: "Titillium Web", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif;
  --font-code: "DM Mono", ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
  --gutter: clamp(1rem, 2.4vw, 2rem);
  color-scheme: light;
  --page: #f4f6f9; --surface: #fff; --sunken: #ecf0f5; --line: #d9dfe8; --line-strong: #7d8ba2;
  --text: #15213a; --text-2: #465269; --text-3: #5a6680;
  --action: #1c4fc9; --action-hover: #153d9f; --on-action: #fff; --link: #1a49b8; --tint: #e9effc; --on-tint: #17398c;
  --band: #0f1d3a; --on-band: #fff; --on-band-2: #c3cfe6; --focus: #1c4fc9; --focus-on-band: #ffd45e;
  --critical: #a11d17; --critical-ground: #fcebe9; --critical-line: #e8a8a2;
  --attention: #734600; --attention-ground: #fdf1d9;
  --neutral: #465269; --neutral-ground: #ecf0f5;
  --test: #5a2d91; --test-ground: #f3ebfc; --test-edge: #8a52c9;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #0d1422; --surface: #151e30; --sunken: #1c273c; --line: #2c3951; --line-strong: #7284a3;
    --text: #e9eef7; --text-2: #b7c2d6; --text-3: #9eabc2;
    --action: #8fb1ff; --action-hover: #b3caff; --on-action: #0a1733; --link: #9dbbff; --tint: #1e2d50; --on-tint: #c6d7ff;
    --band: #090f1b; --on-band-2: #b7c2d6; --focus: #ffd45e;
    --critical: #ffb3ac; --critical-ground: #341614; --critical-line: #8a3a34;
    --attention: #f4cb7c; --attention-ground: #352707;
    --neutral: #b7c2d6; --neutral-ground: #1f2a40;
    --test: #d7b8ff; --test-ground: #2c1b45; --test-edge: #a06fe0;
  }
}
*, *::before, *::after { box-sizing: border-box; }
* { margin: 0; }
html { -webkit-text-size-adjust: 100%; }
body { font: 400 1rem/1.5rem var(--font); color: var(--text); background: var(--page); min-height: 100vh; overflow-wrap: break-word; }
h1 { font-size: 1.875rem; line-height: 2.25rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.625rem; font-weight: 600; }
h3 { font-size: 1rem; line-height: 1.5rem; font-weight: 600; }
p { max-width: 66ch; text-wrap: pretty; }
ul { padding: 0; list-style: none; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.band :focus-visible { outline-color: var(--focus-on-band); }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; z-index: 5; background: var(--surface); padding: .75rem 1rem; border-radius: 6px; }
.skip:focus { inset-block-start: .5rem; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.code { font-family: var(--font-code); font-size: .9em; letter-spacing: -.01em; overflow-wrap: anywhere; }
.muted { color: var(--text-2); } .s { font-size: .875rem; line-height: 1.25rem; } .nowrap { white-space: nowrap; }

.band { background: var(--band); color: var(--on-band); }
.band .in, .sign .in, main { max-inline-size: 72rem; margin-inline: auto; padding-inline: var(--gutter); }
.band .in { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: center; min-block-size: 3.5rem; }
.band .name { display: flex; gap: .625rem; align-items: center; font-weight: 700; font-size: 1.125rem; color: inherit; text-decoration: none; min-block-size: 2.75rem; }
.band svg { inline-size: 1.5rem; block-size: 1.5rem; fill: currentColor; flex: none; }
.band .aside { margin-inline-start: auto; color: var(--on-band-2); font-size: .875rem; line-height: 1.25rem; }
.band .aside a { color: inherit; display: inline-block; padding-block: .5rem; }
.sign { background: var(--test-ground); color: var(--test); font-size: .875rem; line-height: 1.25rem; }
.sign::before { content: ""; display: block; block-size: 6px; background: repeating-linear-gradient(-45deg, var(--test-edge) 0 6px, transparent 6px 12px); }
.sign p { max-inline-size: none; }
.sign .in { padding-block: .5rem; }
main { padding-block: 2rem 4rem; }
.lead { color: var(--text-2); margin-block-start: .25rem; }

.sheet { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; margin-block-start: 1.5rem; }
.sheet > header, .sheet > .body { padding: 1rem 1.5rem; }
.sheet > header { display: flex; flex-wrap: wrap; gap: .125rem .75rem; align-items: baseline; }
.sheet > header + .body { padding-block-start: 0; }
.rows > li { border-block-start: 1px solid var(--line); padding: .75rem 1.5rem; }
.facts > div { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: .125rem 1rem; padding-block: .4375rem; }
.facts > div + div { border-block-start: 1px solid var(--line); }
.facts dt { color: var(--text-3); font-size: .875rem; line-height: 1.5rem; }
.facts dd { overflow-wrap: anywhere; }
.chip { display: inline-block; padding: .0625rem .5rem; border-radius: 3px; font-size: .875rem; line-height: 1.375rem; font-weight: 600; white-space: nowrap; color: var(--neutral); background: var(--neutral-ground); }
.chip.attention { color: var(--attention); background: var(--attention-ground); }
.chip.test { color: var(--test); background: var(--test-ground); }

.btn { display: inline-flex; align-items: center; justify-content: center; min-block-size: 2.75rem; padding: .25rem 1.125rem; border: 1.5px solid var(--line-strong); border-radius: 6px; color: var(--link); background: var(--surface); font-weight: 600; line-height: 1.25; text-decoration: none; cursor: pointer; }
.btn:hover { border-color: var(--action); background: var(--tint); color: var(--on-tint); }
.btn.main { border-color: var(--action); background: var(--action); color: var(--on-action); }
.btn.main:hover { border-color: var(--action-hover); background: var(--action-hover); color: var(--on-action); }
.btn:focus-visible, .field:focus-visible { border-radius: 6px; }
.field { min-block-size: 2.75rem; inline-size: 100%; padding: .25rem .75rem; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); }
label, legend { font-weight: 600; padding: 0; }
.note { border: 1px solid var(--critical-line); background: var(--critical-ground); border-radius: 10px; padding: 1rem 1.5rem; margin-block-start: 1.5rem; }
.note + p { margin-block-start: 1rem; }
@media (max-width: 40rem) {
  h1 { font-size: 1.5rem; line-height: 1.875rem; }
  main { padding-block: 1.5rem 3rem; }
  .sheet > header, .sheet > .body, .rows > li { padding-inline: 1rem; }
  .facts > div { grid-template-columns: 1fr; }
  .band .aside { margin-inline-start: 0; }
}
`;
