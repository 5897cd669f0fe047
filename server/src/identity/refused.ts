import { Problem } from "@area/api";
import { loginErrorPage } from "../pages/index.ts";
import type { PageAnswer, PageRequest } from "../platform/page.ts";
import type { IdentityProvider } from "../ports/identity/index.ts";

/** A login that was not let in: a page with its reason from our own words, a reference and two ways on. */
export const refused = (
  request: PageRequest,
  code: Problem["code"],
  more: { statusCode?: number; identityProvider?: IdentityProvider } = {},
): PageAnswer => {
  const { identityProvider: provider, statusCode } = more;
  return {
    status: new Problem(code).status,
    html: loginErrorPage({
      language: request.language,
      path: "/",
      code,
      reference: request.traceId,
      retryHref: provider ? `/${provider.scheme}/login?idp=${encodeURIComponent(provider.entityId)}` : "/",
      ...(provider ? { identityProvider: provider.displayName, scheme: provider.scheme } : {}),
      ...(statusCode === undefined ? {} : { statusCode }),
    }),
  };
};
