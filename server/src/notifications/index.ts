import { createHash } from "node:crypto";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export { type Letter, languagesOf, letterIn } from "./languages.ts";
export { languageOfPerson, languagesAt } from "./store.ts";

export type Notice = {
  kind: "mail" | "pec";
  template: string;
  to: string;
  subject: string;
  text: string;
  institutionId: string | null;
};

/** A UUID that the same event, template and recipient always give: the guard against sending twice. */
const idOf = (cause: string, notice: Notice): string => {
  const h = createHash("sha256").update(`${cause}\n${notice.template}\n${notice.to.toLowerCase()}`).digest("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/**
 * Sends one message for one cause (an event's id), once. The mail leaves outside any transaction; only then is it written down:
 * a process killed in between sends again with the same Message-ID, which is the lesser harm.
 */
export const notify = async (
  parts: Pick<Parts, "database" | "ports" | "cipher" | "clock">,
  cause: string,
  notice: Notice,
): Promise<void> => {
  const id = idOf(cause, notice);
  if (await parts.database.asSystem(({ db }) => store.wasSent(db, id))) return;
  await parts.ports.mail.send({ id, kind: notice.kind, to: notice.to, subject: notice.subject, text: notice.text });
  await parts.database.asSystem(({ db }) =>
    store.keepSent(db, {
      id,
      institutionId: notice.institutionId,
      kind: notice.kind,
      template: notice.template,
      recipient: parts.cipher.seal(notice.to),
      at: parts.clock(),
    }),
  );
};
