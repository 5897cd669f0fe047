import { ns, statusSuccess } from "./names.ts";
import { refuse } from "./problems.ts";
import { onlyChild, requiredAttribute } from "./response-expectations.ts";
import { children, textOf } from "./xml-tree.ts";

/**
 * §1.5: anything but Success is the provider's refusal. Sub-statuses vary from provider to provider, so the reason is
 * the number in the message, and only a number of the table; the message itself never leaves the log.
 */
export function checkStatus(response: Element): void {
  const status = onlyChild(response, ns.protocol, "Status");
  const code = onlyChild(status, ns.protocol, "StatusCode");
  const value = requiredAttribute(code, "Value");
  if (value === statusSuccess) {
    if (children(code, ns.protocol, "StatusCode").length > 0)
      refuse("login-response-malformed", "success with a second status");
    return;
  }
  const [message] = children(status, ns.protocol, "StatusMessage");
  const said = (message && textOf(message)) ?? "";
  refuse("login-provider-error", `status ${value}: ${said}`, errorNumber(said));
}

/** `ErrorCode nr19` and its spellings: 2 to 30 as the table has them. */
export function errorNumber(message: string): number | undefined {
  const digits = /^error\s?code\s{0,3}nr\s?([0-9]{1,2})$/i.exec(message.trim())?.[1];
  const number = Number(digits);
  return digits !== undefined && ((number >= 2 && number <= 25) || number === 30) ? number : undefined;
}
