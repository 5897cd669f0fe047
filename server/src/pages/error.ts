import { type ProblemCode, problems } from "@area/api";
import { type Facts, type Language, problemText } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { html } from "../platform/page.ts";
import { code, icon, layout, link, ownAddress, plainHeader } from "./layout.ts";

export type ErrorData = { language: Language; path: string; code: ProblemCode; facts?: Facts; traceId: string };

/** Any refusal, for people: whose fault, what is safe, what next, and the code for help. */
export const errorPage = (data: ErrorData): string => {
  const { language, path } = data;
  const { error, outcome } = pageWords[language];
  const { title, detail } = problemText(language, data.code, data.facts ?? {});
  const status = problems[data.code];
  const isLink = data.code === "link-invalid" || data.code === "link-expired";
  const [tone, chip] =
    status >= 500
      ? ["critical", error.ours]
      : status === 429
        ? ["attention", error.wait]
        : data.code === "onboarding-cancelled"
          ? ["neutral", outcome.cancelled.chip]
          : status === 410
            ? ["attention", outcome.expired.chip]
            : status === 404
              ? ["neutral", error.notFound]
              : status === 401 || status === 403
                ? ["neutral", error.denied]
                : ["attention", error.refused];
  const again = html`<a class="btn main" href="${ownAddress(path)}">${error.retry}</a>`;
  const first =
    status >= 500 || status === 429
      ? again
      : status === 401
        ? html`<a class="btn main" href="/">${error.enter}</a>`
        : html`<a class="btn main" href="/">${error.home}</a>`;
  const main = html`<section class="sheet outcome" aria-labelledby="esito">
  <div class="verdict"><div role="status">
    <span class="chip ${tone}">${chip}</span>
    <h1 id="esito">${title}</h1>
    <p>${detail}</p>
    ${isLink && html`<p>${error.linkHelp}</p>`}
    <div class="row acts">${first}<a class="btn plain" href="/assistenza?${new URLSearchParams({ pagina: ownAddress(path).split("?")[0]!, codice: data.traceId }).toString()}">${error.help}</a></div>
  </div></div>
  <footer class="row"><span>${error.code}: ${code(data.traceId)}</span><span class="push">${icon("server", true)} ${link("/stato", error.status)}</span></footer>
</section>`;
  return layout({
    language,
    title,
    header: plainHeader(language, path),
    main,
    mainClass: "narrow",
    foot: "slim",
    hiddenFromSearch: true,
  });
};
