import { type ProblemCode, problems } from "@area/api";
import { type Language, problemText } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { html } from "../platform/page.ts";
import { code, fill, icon, layout, link, mailLink, plainHeader } from "./layout.ts";

export type StaffDoorData = {
  language: Language;
  path: string;
  /** Absent: the door itself. */
  refused?: { code: ProblemCode; reference: string };
  /** Something to read before entering: the session is over. */
  notice?: { title: string; text: string };
  /** Where the door leads, with the way back. */
  enterHref: string;
  /** Whom to ask for a group: an address. */
  contact: string;
};

/** The door of the company's staff, and what it says to who may not come in. Needs no script. */
export const staffDoorPage = (data: StaffDoorData): string => {
  const { language, path, refused, notice } = data;
  const { staff, error, login } = pageWords[language];
  const said = refused ? problemText(language, refused.code) : { title: staff.heading, detail: staff.lead };
  const contact = data.contact.includes("@") ? mailLink(data.contact) : data.contact;
  const closed = refused?.code === "staff-door-closed";
  const main = html`<section class="sheet outcome" aria-labelledby="esito">
  <div class="verdict"><div${refused && html` role="status"`}>
    ${refused && html`<span class="chip ${closed ? "neutral" : problems[refused.code] >= 500 ? "critical" : "attention"}">${closed ? staff.closedChip : login.chip}</span>`}
    <h1 id="esito">${said.title}</h1>
    ${notice && html`<div class="note progress">${icon("info")}<div><h2>${notice.title}</h2><p>${notice.text}</p></div></div>`}
    <p>${said.detail}</p>
    ${refused?.code === "staff-without-profile" && html`<p>${fill(staff.whomToAsk, { contact })}</p>`}
    <div class="row acts">${closed ? html`<a class="btn main" href="/">${staff.toEntry}</a>` : html`<a class="btn main" href="${data.enterHref}">${refused ? staff.again : staff.enter}</a><a class="btn plain" href="/">${staff.notStaff}</a>`}</div>
  </div></div>
  <footer class="row">${refused ? html`<span>${error.code}: ${code(refused.reference)}</span>` : html`<span>${fill(staff.noGroup, { contact })}</span>`}<span class="push">${link("/assistenza", error.help)}</span></footer>
</section>`;
  return layout({
    language,
    title: staff.title,
    header: plainHeader(language, path),
    main,
    mainClass: "narrow",
    foot: "slim",
    hiddenFromSearch: true,
  });
};
