import { pageWords } from "@area/words/pages/index";
import { html, type PageAnswer, type PageRequest } from "../platform/page.ts";

/** A message of ours that leaves by POST: the form sends itself, and without script its button does. */
export const carryForm = (
  request: PageRequest,
  form: { action: string; fields: Record<string, string> },
): Pick<PageAnswer, "html" | "formTargets"> => {
  const { carry } = pageWords[request.language];
  return {
    formTargets: [new URL(form.action).origin],
    html: html`<!doctype html>
<html lang="${request.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${carry.title} · Area Riservata</title><link rel="stylesheet" href="/look/look.css"><script src="/look/submit.js" defer></script></head>
<body><main class="carry"><h1>${carry.title}</h1><p>${carry.text}</p><form method="post" action="${form.action}">${Object.entries(form.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="btn main" type="submit">${carry.button}</button></form></main></body>
</html>`.markup,
  };
};
