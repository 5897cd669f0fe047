import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import { logoutResponse, readLogoutRequest } from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { carryForm } from "./carry-form.ts";
import { refused } from "./refused.ts";
import * as store from "./store.ts";

/**
 * Single logout (SPID technical rules): a provider's signed request ends the sessions it opened, and gets its answer also
 * when there is none left. At level 2 the provider keeps no session of its own, so we never ask it to end one.
 */
const answerLogout = async (
  parts: Parts,
  request: PageRequest,
  arrived: { binding: "post"; samlRequest: string } | { binding: "redirect"; query: string },
): Promise<PageAnswer> => {
  const { ports, clock, act } = parts;
  const now = clock();
  for (const identityProvider of ports.identityProviders.all()) {
    const read = readLogoutRequest({ arrived, identityProvider, sp: ports.serviceProvider, now });
    if (!read.ok) continue;
    await act(
      { kind: "system", name: "single logout" },
      async ({ db, emit }) => {
        for (const personId of await store.closeLogin(db, identityProvider.entityId, read.request.nameId, now))
          emit("identity.person.left", { personId });
      },
      { traceId: request.traceId },
    );
    const binding = identityProvider.singleLogout[arrived.binding]
      ? arrived.binding
      : identityProvider.singleLogout.post
        ? "post"
        : "redirect";
    if (!identityProvider.singleLogout[binding]) return { redirect: "/" };
    const relayState = (arrived.binding === "post" ? request.form["RelayState"] : request.query["RelayState"]) ?? "";
    const answer = logoutResponse({
      sp: ports.serviceProvider,
      identityProvider,
      binding,
      now,
      inResponseTo: read.request.id,
      relayState,
    });
    return answer.redirectUrl ? { redirect: answer.redirectUrl } : carryForm(request, answer.form!);
  }
  return refused(request, "login-response-untrusted");
};

export const logOutPages = (parts: Parts): Page[] => [
  {
    method: "POST",
    path: "/spid/slo",
    login: true,
    crossSite: true,
    answer: (request) =>
      answerLogout(parts, request, { binding: "post", samlRequest: request.form["SAMLRequest"] ?? "" }),
  },
  {
    method: "GET",
    path: "/spid/slo",
    login: true,
    answer: (request) =>
      answerLogout(parts, request, { binding: "redirect", query: request.path.slice(request.path.indexOf("?") + 1) }),
  },
];
