import { Problem } from "@area/api";
import { loginErrorPage } from "../pages/index.ts";
import type { PageAnswer, PageRequest } from "../platform/page.ts";
import type { Scheme } from "../ports/identity/index.ts";

/** The way in that was tried: how people call it, and where it begins again. */
export type Door = { identityProvider?: string; scheme?: Scheme; retryHref?: string };

/** A login that was not let in: a page with its reason from our own words, a reference and two ways on. */
export const refused = (
  request: PageRequest,
  code: Problem["code"],
  more: Door & { statusCode?: number } = {},
): PageAnswer => ({
  status: new Problem(code).status,
  html: loginErrorPage({
    language: request.language,
    path: "/",
    code,
    reference: request.traceId,
    ...more,
    retryHref: more.retryHref ?? "/",
  }),
});
