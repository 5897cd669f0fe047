import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { parseInstant } from "./instants.ts";
import { format, type Level, ns } from "./names.ts";
import { type IdentityProblem, refuse } from "./problems.ts";
import type { ServiceProvider } from "./service-provider.ts";
import { isIdentifier } from "./xml-signature.ts";
import { attribute, children, textOf } from "./xml-tree.ts";

/** What we asked, of whom, and when the answer is being judged. */
export type Expectations = {
  request: { id: string; issueInstant: Date; level: Level };
  identityProvider: IdentityProvider;
  sp: ServiceProvider;
  now: Date;
  skew: number;
};

/** The one child of that name; none and several are both refused. */
export function onlyChild(parent: Element, namespace: string, name: string): Element {
  const [found, ...others] = children(parent, namespace, name);
  if (!found || others.length > 0) refuse("login-response-malformed", `${parent.localName} needs exactly one ${name}`);
  return found;
}

export function requiredAttribute(
  element: Element,
  name: string,
  problem: IdentityProblem = "login-response-malformed",
): string {
  const value = attribute(element, name);
  if (!value) refuse(problem, `${element.localName} ${name} missing or empty`);
  return value;
}

export function requiredText(element: Element): string {
  const text = textOf(element);
  if (!text) refuse("login-response-malformed", `${element.localName} empty`);
  return text;
}

export function requiredInstant(element: Element, name: string): Date {
  const instant = parseInstant(attribute(element, name));
  if (!instant) refuse("login-response-malformed", `${element.localName} ${name} is not an instant`);
  return instant;
}

/** ID, Version, IssueInstant and Issuer: the same questions for the Response and for the Assertion. */
export function checkMessage(message: Element, expected: Expectations, issuerFormat: "required" | "optional"): string {
  const id = attribute(message, "ID");
  if (!isIdentifier(id)) refuse("login-response-malformed", `${message.localName} ID missing or not a name`);
  if (attribute(message, "Version") !== "2.0")
    refuse("login-response-malformed", `${message.localName} Version is not 2.0`);
  checkNotBeforeRequest(message, requiredInstant(message, "IssueInstant"), "IssueInstant", expected);
  const issuer = onlyChild(message, ns.assertion, "Issuer");
  if (textOf(issuer) !== expected.identityProvider.entityId)
    refuse("login-response-untrusted", `${message.localName} Issuer is not the provider that was asked`);
  const formatOfIssuer = attribute(issuer, "Format");
  if (formatOfIssuer === undefined ? issuerFormat === "required" : formatOfIssuer !== format.entity)
    refuse("login-response-malformed", `${message.localName} Issuer Format`);
  return id;
}

/** An answer cannot be older than its question; the skew is for clocks that disagree, both ways. */
export function checkNotBeforeRequest(element: Element, instant: Date, name: string, expected: Expectations): void {
  if (instant.getTime() < expected.request.issueInstant.getTime() - expected.skew)
    refuse("login-response-out-of-time", `${element.localName} ${name} before the request`);
  checkNotFuture(element, instant, name, expected);
}

export function checkNotFuture(element: Element, instant: Date, name: string, expected: Expectations): void {
  if (instant.getTime() > expected.now.getTime() + expected.skew)
    refuse("login-response-out-of-time", `${element.localName} ${name} in the future`);
}

export function checkNotPast(element: Element, instant: Date, name: string, expected: Expectations): void {
  if (instant.getTime() <= expected.now.getTime() - expected.skew)
    refuse("login-response-out-of-time", `${element.localName} ${name} in the past`);
}
