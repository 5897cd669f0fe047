import { type Html, html, type Piece } from "./html.ts";

/** The page around every development tool: its name, and the plain sign that nothing here is real. */
export function frame(options: {
  title: string;
  name: string;
  home: string;
  sign: string;
  aside?: Piece;
  content: Html;
  head?: Html;
}): Html {
  return html`<!DOCTYPE html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title} · ${options.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
${options.head}
</head>
<body>
<a class="skip" href="#contenuto">Vai al contenuto</a>
<header>
<div class="band"><div class="in">
<a class="name" href="${options.home}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z"/><path d="M9 22V11.5a3 3 0 0 1 6 0V22z"/></svg><span>${options.name}</span></a>
${options.aside && html`<span class="aside">${options.aside}</span>`}
</div></div>
<div class="sign"><div class="in"><p>${options.sign}</p></div></div>
</header>
<main id="contenuto">
${options.content}
</main>
</body>
</html>
`;
}
