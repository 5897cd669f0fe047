/** Why a login was not let in. The page's words are chosen by these codes alone, never by what the document says. */
export type IdentityProblem =
  | "login-response-malformed"
  | "login-response-untrusted"
  | "login-response-not-for-us"
  | "login-response-out-of-time"
  | "login-response-unexpected"
  | "login-provider-unknown"
  | "login-level-insufficient"
  | "login-fiscal-code-missing"
  | "login-provider-error"
  | "login-provider-unavailable";

export type Refusal = { problem: IdentityProblem; detail: string; statusCode?: number };

const refusals = new WeakMap<Error, Refusal>();

/** Leaves the verification at once. `detail` is for the log, so what comes from outside is cut short. */
export function refuse(problem: IdentityProblem, detail: string, statusCode?: number): never {
  const error = new Error(detail);
  refusals.set(error, { problem, detail: detail.slice(0, 400), ...(statusCode === undefined ? {} : { statusCode }) });
  throw error;
}

/** The refusal behind whatever was thrown: what nobody foresaw counts as a malformed document, never as a way in. */
export function refusalOf(thrown: unknown): Refusal {
  const known = thrown instanceof Error ? refusals.get(thrown) : undefined;
  if (known) return known;
  const detail = thrown instanceof Error ? thrown.message : "unknown failure";
  return { problem: "login-response-malformed", detail: `unexpected: ${detail}`.slice(0, 400) };
}
