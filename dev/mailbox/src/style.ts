import { baseCss } from "../../kit/base-css.ts";

export const styleCss = `${baseCss}
.search { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .375rem .75rem; margin-block-start: 1.5rem; max-inline-size: 40rem; }
.search label { grid-column: 1 / -1; }
.mails a { display: grid; grid-template-columns: 4.25rem minmax(0, 1fr) auto; gap: .125rem 1rem; align-items: start; padding: .75rem 1.5rem; color: inherit; text-decoration: none; }
.mails > li { padding: 0; }
.mails a:hover { background: var(--tint); }
.mails a:focus-visible { outline-offset: -3px; }
.mails b { display: block; font-weight: 600; color: var(--link); overflow-wrap: anywhere; }
.mails a:hover b { text-decoration: underline; }
.mails .kind { padding-block-start: .0625rem; }
.mails time { text-align: end; }
.mails > li:last-child a { border-radius: 0 0 10px 10px; }
.chip.pec { color: var(--on-tint); background: var(--tint); }
.mails a:hover .chip.pec { background: var(--surface); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-inline-size: 80ch; }
.files > li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.crumb { margin-block-end: .375rem; } .crumb a { display: inline-block; padding-block: .125rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-block-start: 1.5rem; }
@media (max-width: 40rem) {
  .mails a { grid-template-columns: minmax(0, 1fr) auto; padding-inline: 1rem; }
  .mails a > .what { grid-column: 1 / -1; grid-row: 2; }
}
`;
