import { isProblem, Recovery } from "@area/api";
import { problemText } from "@area/words";
import { errorPage, recoveryLinkPage } from "../pages/index.ts";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Handler, Invoke } from "../platform/pipeline.ts";

/** Where the link in the PEC leads: pages that need no script and no login. Opening one changes nothing. */
export const recoveryPages = (links: { read: Handler; confirm: Handler; stop: Handler }, invoke: Invoke): Page[] => {
  const answer =
    (handler: Handler) =>
    async (request: PageRequest): Promise<PageAnswer> => {
      const { language, path, traceId } = request;
      const token = request.params["token"] ?? "";
      try {
        const recovery = Recovery.parse(
          (await invoke(handler, { params: {}, query: {}, body: { token }, traceId })).result,
        );
        return request.wantsJson ? { json: recovery } : { html: recoveryLinkPage({ language, path, token, recovery }) };
      } catch (error) {
        if (!isProblem(error)) throw error;
        // Done already, by another click or by somebody else: the page says how it stands.
        if ((error.code === "link-used" || error.code === "recovery-closed") && handler !== links.read)
          return { redirect: `/recupero-pec/${encodeURIComponent(token)}` };
        return request.wantsJson
          ? {
              status: error.status,
              json: {
                ...problemText(language, error.code, error.facts),
                status: error.status,
                code: error.code,
                traceId,
              },
            }
          : {
              status: error.status,
              html: errorPage({ language, path, code: error.code, facts: error.facts, traceId }),
            };
      }
    };
  return [
    { method: "GET", path: "/recupero-pec/:token", answer: answer(links.read) },
    { method: "POST", path: "/recupero-pec/:token/conferma", answer: answer(links.confirm) },
    { method: "POST", path: "/recupero-pec/:token/ferma", answer: answer(links.stop) },
  ];
};
