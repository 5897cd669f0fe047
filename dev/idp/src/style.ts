import { baseCss } from "../../kit/base-css.ts";

export const styleCss = `${baseCss}
.set { display: grid; grid-template-columns: auto minmax(0, 22rem); justify-content: start; gap: 1rem 2.5rem; align-items: end; }
fieldset { border: 0; padding: 0; min-inline-size: 0; }
.set legend, .set label[for] { display: block; margin-block-end: .375rem; }
.levels { display: flex; }
.levels label { position: relative; display: grid; place-items: center; min-block-size: 2.75rem; min-inline-size: 4rem; padding-inline: 1rem; border: 1px solid var(--line-strong); margin-inline-start: -1px; background: var(--surface); cursor: pointer; }
.levels label:first-of-type { border-radius: 6px 0 0 6px; margin: 0; } .levels label:last-of-type { border-radius: 0 6px 6px 0; }
.levels input { position: absolute; opacity: 0; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; cursor: pointer; }
.levels label:has(:checked) { background: var(--tint); color: var(--on-tint); border-color: var(--action); box-shadow: inset 0 0 0 1px var(--action); z-index: 1; }
.levels label:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; z-index: 2; }
.people > li { display: grid; grid-template-columns: minmax(0, 1fr) 18.5rem; gap: .5rem 2rem; align-items: center; }
.people h3 { display: flex; flex-wrap: wrap; gap: .125rem .625rem; align-items: center; }
.people .btn { inline-size: 100%; }
.people .code { color: var(--text-3); }
.leave { margin-block-start: 1.5rem; }
@media (max-width: 48rem) { .people > li { grid-template-columns: 1fr; } }
@media (max-width: 40rem) { .set { grid-template-columns: 1fr; } .levels label { flex: 1; min-inline-size: 0; } }
@media (forced-colors: active) { .levels label:has(:checked) { outline: 2px solid Highlight; } }
`;
