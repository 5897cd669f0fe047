import { Problem } from "@area/api";
import { loginErrorPage } from "../pages/index.ts";
import type { PageAnswer, PageRequest } from "../platform/page.ts";

/** A login that was not let in: a page with its reason from our own words, a reference and two ways on. */
export const refused = (
  request: PageRequest,
  code: Problem["code"],
  more: { statusCode?: number; identityProvider?: string; retryHref?: string } = {},
): PageAnswer => ({
  status: new Problem(code).status,
  html: loginErrorPage({
    language: request.language,
    path: "/",
    code,
    reference: request.traceId,
    ...more,
    retryHref:
      more.retryHref ?? (more.identityProvider ? `/spid/login?idp=${encodeURIComponent(more.identityProvider)}` : "/"),
  }),
});
