import { fiscalCodeOfAttribute } from "./fiscal-code.ts";
import type { Scheme } from "./identity-provider-metadata.ts";
import { bearer, format, type Level, levelOfClass, ns } from "./names.ts";
import { refuse } from "./problems.ts";
import {
  checkMessage,
  checkNotBeforeRequest,
  checkNotFuture,
  checkNotPast,
  type Expectations,
  onlyChild,
  requiredAttribute,
  requiredInstant,
  requiredText,
} from "./response-expectations.ts";
import { attribute, childElements, children, textOf } from "./xml-tree.ts";

declare const verified: unique symbol;

/**
 * A person, as a provider we trust has just certified. The brand is known to this file alone: only an assertion whose
 * signature and every claim were checked becomes one.
 */
export type VerifiedIdentity = {
  readonly scheme: Scheme;
  readonly identityProvider: string;
  readonly responseId: string;
  readonly assertionId: string;
  /** Until when the slice must remember assertionId, so that it is used once: already includes the clock skew. */
  readonly assertionExpiresAt: Date;
  readonly level: Level;
  readonly authenticatedAt: Date;
  readonly fiscalCode: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth?: string;
  readonly email?: string;
  readonly spidCode?: string;
  readonly sessionIndex?: string;
  readonly nameId: string;
  readonly nameQualifier: string;
  readonly [verified]: true;
};

const made = new WeakSet<object>();

/** For doors that take no chances with casts and copies: true only for the very object the verifier made. */
export function isVerifiedIdentity(value: unknown): value is VerifiedIdentity {
  return typeof value === "object" && value !== null && made.has(value);
}

/**
 * Table §1.8 for the Assertion. `assertion` must be the root of the signed bytes, parsed anew: this function trusts
 * that it reads what the provider signed.
 */
export function identityOf(assertion: Element, responseId: string, expected: Expectations): VerifiedIdentity {
  const { scheme, entityId } = expected.identityProvider;
  // §2.1: CIE writes no Format on Issuer.
  const assertionId = checkMessage(assertion, expected, scheme === "cie" ? "optional" : "required");
  const subject = readSubject(assertion, expected);
  const conditionsEnd = checkConditions(assertion, expected);
  const authentication = readAuthentication(assertion, expected);
  const person = readPerson(assertion, scheme);
  const end = Math.max(conditionsEnd.getTime(), subject.confirmationEnd.getTime()) + expected.skew;
  const identity: Omit<VerifiedIdentity, typeof verified> = {
    scheme,
    identityProvider: entityId,
    responseId,
    assertionId,
    assertionExpiresAt: new Date(end),
    ...authentication,
    ...person,
    nameId: subject.nameId,
    nameQualifier: subject.nameQualifier,
  };
  made.add(Object.freeze(identity));
  return identity as VerifiedIdentity;
}

/**
 * The same person by OpenID (§2.2). `idToken` and `userinfo` must be claims whose signature, parties and times were
 * verified: this function trusts that it reads what the provider signed. `sub` is pairwise: the person is the fiscal code.
 */
export function identityOfTokens(
  idToken: Record<string, unknown>,
  userinfo: Record<string, unknown>,
  expected: { issuer: string; request: { issueInstant: Date }; now: Date; skew: number },
): VerifiedIdentity {
  const text = (name: string): string | undefined => (typeof userinfo[name] === "string" ? userinfo[name] : undefined);
  const seconds = (name: string): number | undefined =>
    typeof idToken[name] === "number" ? idToken[name] * 1000 : undefined;
  const level = levelOfClass(String(idToken["acr"]));
  const authenticated = seconds("auth_time") ?? seconds("iat");
  const end = seconds("exp");
  const [assertionId, subject] = [idToken["jti"], idToken["sub"]];
  if (!level || !authenticated || !end || typeof assertionId !== "string" || typeof subject !== "string")
    return refuse("login-response-malformed", "ID token incomplete");
  // We always ask for a new login: an older one would be somebody's old session.
  if (authenticated < expected.request.issueInstant.getTime() - expected.skew)
    refuse("login-response-out-of-time", "auth_time before the request");
  if (authenticated > expected.now.getTime() + expected.skew)
    refuse("login-response-out-of-time", "auth_time in the future");
  const fiscalNumber = text("https://attributes.eid.gov.it/fiscal_number");
  const fiscalCode = fiscalNumber === undefined ? undefined : fiscalCodeOfAttribute(fiscalNumber);
  if (fiscalCode === undefined)
    refuse(
      "login-fiscal-code-missing",
      fiscalNumber === undefined ? "no fiscal_number" : "fiscal_number is no Italian code",
    );
  const dateOfBirth = text("birthdate");
  const identity: Omit<VerifiedIdentity, typeof verified> = {
    scheme: "cie",
    identityProvider: expected.issuer,
    responseId: assertionId,
    assertionId,
    assertionExpiresAt: new Date(end + expected.skew),
    level,
    authenticatedAt: new Date(authenticated),
    fiscalCode,
    givenName: cleanName(text("given_name"), "given_name"),
    familyName: cleanName(text("family_name"), "family_name"),
    ...(dateOfBirth && isDay(dateOfBirth) ? { dateOfBirth } : {}),
    nameId: subject,
    nameQualifier: expected.issuer,
  };
  made.add(Object.freeze(identity));
  return identity as VerifiedIdentity;
}

function readSubject(assertion: Element, expected: Expectations) {
  const subject = onlyChild(assertion, ns.assertion, "Subject");
  const nameId = onlyChild(subject, ns.assertion, "NameID");
  if (attribute(nameId, "Format") !== format.transient)
    refuse("login-response-malformed", "NameID Format is not transient");
  const nameQualifier = requiredAttribute(nameId, "NameQualifier");
  const confirmation = onlyChild(subject, ns.assertion, "SubjectConfirmation");
  if (attribute(confirmation, "Method") !== bearer)
    refuse("login-response-malformed", "SubjectConfirmation is not bearer");
  const data = onlyChild(confirmation, ns.assertion, "SubjectConfirmationData");
  if (requiredAttribute(data, "Recipient", "login-response-not-for-us") !== expected.sp.acsUrl)
    refuse("login-response-not-for-us", "Recipient is another service");
  if (requiredAttribute(data, "InResponseTo", "login-response-unexpected") !== expected.request.id)
    refuse("login-response-unexpected", "SubjectConfirmationData answers another request");
  const confirmationEnd = requiredInstant(data, "NotOnOrAfter");
  checkNotPast(data, confirmationEnd, "NotOnOrAfter", expected);
  // The profile forbids NotBefore here (SAML profiles 4.1.4.2); one that has come is harmless.
  if (attribute(data, "NotBefore") !== undefined)
    checkNotFuture(data, requiredInstant(data, "NotBefore"), "NotBefore", expected);
  return { nameId: requiredText(nameId), nameQualifier, confirmationEnd };
}

const knownConditions = new Set(["AudienceRestriction", "OneTimeUse", "ProxyRestriction"]);

function checkConditions(assertion: Element, expected: Expectations): Date {
  const conditions = onlyChild(assertion, ns.assertion, "Conditions");
  checkNotFuture(conditions, requiredInstant(conditions, "NotBefore"), "NotBefore", expected);
  const end = requiredInstant(conditions, "NotOnOrAfter");
  checkNotPast(conditions, end, "NotOnOrAfter", expected);
  // A condition that is not understood makes the assertion's validity unknown (SAML core 2.5.1).
  const unknown = childElements(conditions).some(
    (condition) => condition.namespaceURI !== ns.assertion || !knownConditions.has(condition.localName),
  );
  if (unknown) refuse("login-response-malformed", "unknown condition");
  const restriction = onlyChild(conditions, ns.assertion, "AudienceRestriction");
  const audiences = children(restriction, ns.assertion, "Audience").map(requiredText);
  if (audiences.length === 0) refuse("login-response-malformed", "Audience missing");
  if (!audiences.includes(expected.sp.entityId)) refuse("login-response-not-for-us", "Audience is another service");
  return end;
}

function readAuthentication(assertion: Element, expected: Expectations) {
  const statement = onlyChild(assertion, ns.assertion, "AuthnStatement");
  const authenticatedAt = requiredInstant(statement, "AuthnInstant");
  // We always ask ForceAuthn: an authentication older than the request would be somebody's old session.
  checkNotBeforeRequest(statement, authenticatedAt, "AuthnInstant", expected);
  if (attribute(statement, "SessionNotOnOrAfter") !== undefined)
    checkNotPast(statement, requiredInstant(statement, "SessionNotOnOrAfter"), "SessionNotOnOrAfter", expected);
  const context = onlyChild(statement, ns.assertion, "AuthnContext");
  const level = levelOfClass(requiredText(onlyChild(context, ns.assertion, "AuthnContextClassRef")));
  if (level === undefined) refuse("login-level-insufficient", "AuthnContextClassRef is not a SPID level");
  if (level < expected.request.level)
    refuse("login-level-insufficient", `level ${level} given, ${expected.request.level} asked`);
  const sessionIndex = attribute(statement, "SessionIndex");
  return { authenticatedAt, level, ...(sessionIndex ? { sessionIndex } : {}) };
}

function readPerson(assertion: Element, scheme: Scheme) {
  const values = readAttributes(assertion);
  const fiscalNumber = values.get("fiscalNumber");
  const fiscalCode = fiscalNumber === undefined ? undefined : fiscalCodeOfAttribute(fiscalNumber);
  if (fiscalCode === undefined)
    refuse(
      "login-fiscal-code-missing",
      fiscalNumber === undefined ? "no fiscalNumber" : "fiscalNumber is no Italian code",
    );
  const givenName = named(values, "name");
  const familyName = named(values, "familyName");
  const dateOfBirth = values.get("dateOfBirth");
  // §2.1: CIE certifies four attributes only; whatever else it might send is not of its minimum set.
  const email = scheme === "spid" ? values.get("email") : undefined;
  const spidCode = scheme === "spid" ? values.get("spidCode") : undefined;
  return {
    fiscalCode,
    givenName,
    familyName,
    ...(dateOfBirth && isDay(dateOfBirth) ? { dateOfBirth } : {}),
    ...(email ? { email } : {}),
    ...(spidCode ? { spidCode } : {}),
  };
}

/** Attribute values by name. NameFormat is not looked at (§1.8); a repeated name would be two truths, and is refused. */
function readAttributes(assertion: Element): Map<string, string> {
  const statements = children(assertion, ns.assertion, "AttributeStatement");
  if (statements.length > 1) refuse("login-response-malformed", "more than one AttributeStatement");
  const values = new Map<string, string>();
  for (const statement of statements) {
    const attributes = childElements(statement);
    if (attributes.length === 0) refuse("login-response-malformed", "AttributeStatement without Attribute");
    for (const element of attributes) {
      if (element.namespaceURI !== ns.assertion || element.localName !== "Attribute")
        refuse("login-response-malformed", "AttributeStatement holds something else");
      const name = requiredAttribute(element, "Name");
      const [first, ...others] = children(element, ns.assertion, "AttributeValue");
      if (!first || values.has(name)) refuse("login-response-malformed", "Attribute repeated or without value");
      // Only single plain values are of use to us; anything richer counts as empty.
      values.set(name, others.length === 0 ? (textOf(first) ?? "") : "");
    }
  }
  return values;
}

const named = (values: Map<string, string>, name: string): string => cleanName(values.get(name), name);

function cleanName(given: string | undefined, name: string): string {
  const value = given?.replace(/\s+/g, " ").trim().normalize("NFC");
  if (!value || value.length > 200) refuse("login-response-malformed", `attribute ${name} missing`);
  return value;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
