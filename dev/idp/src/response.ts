import { randomBytes } from "node:crypto";
import { attributesFor } from "./attributes.ts";
import type { Choice } from "./choice.ts";
import { issuer } from "./identity-provider.ts";
import type { SigningKey } from "./keys.ts";
import { type LoginRequest, satisfies } from "./login-request.ts";
import type { Outcome } from "./outcomes.ts";
import { identityType, type Level, type Person, reachableLevels } from "./people.ts";
import { signElement } from "./signature.ts";
import { NS, TRANSIENT_FORMAT, xml } from "./xml.ts";

const STATUS = "urn:oasis:names:tc:SAML:2.0:status";
const LIFE = 5 * 60_000;

export interface Keys {
  own: SigningKey;
  /** A key nobody was told about, for the response that must be refused. */
  other: SigningKey;
}

/** What really happens: a person who cannot reach the level, or whose kind of identity is not accepted, gets an error. */
export function settledOutcome(login: LoginRequest, { person, level, outcome }: Choice): Outcome {
  if (!person || outcome.startsWith("nr")) return outcome;
  const reachable = reachableLevels(person, login.idp.scheme);
  if (!reachable.some((l) => satisfies(l, login))) return "nr20";
  if (!reachable.includes(level)) return "nr20";
  if (!login.acceptedTypes.includes(identityType(person))) return "nr30";
  return outcome;
}

export function responseFor(login: LoginRequest, choice: Choice, keys: Keys): string {
  const outcome = settledOutcome(login, choice);
  if (outcome.startsWith("nr") || !choice.person) return errorResponse(login, outcome, keys.own);
  return loginResponse(login, choice.person, choice.level, outcome, keys);
}

function loginResponse(login: LoginRequest, person: Person, level: Level, outcome: Outcome, keys: Keys): string {
  const now = outcome === "expired" ? Date.now() - 2 * LIFE : Date.now();
  const issued = new Date().toISOString();
  const from = new Date(now).toISOString();
  const until = new Date(now + LIFE).toISOString();
  const [responseId, assertionId, nameId] = [newId(), newId(), newId()] as const;
  const audience = outcome === "wrong-audience" ? "https://altro-servizio.example/sp" : login.sp.entityId;
  // An IdP session exists at level 1 alone, so only there is there anything to name (SPID technical rules).
  const session = level === 1 && { xml: ` SessionIndex="${newId()}"` };
  const assertion = xml`<saml:Assertion xmlns:saml="${NS.assertion}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="${assertionId}" Version="2.0" IssueInstant="${issued}">
    ${issuer(login.idp)}
    <saml:Subject>
      <saml:NameID Format="${TRANSIENT_FORMAT}" NameQualifier="${login.idp.entityId}">${nameId}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData Recipient="${login.acs}" InResponseTo="${login.id}" NotOnOrAfter="${until}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}">
      <saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="${issued}"${session}>
      <saml:AuthnContext>
        <saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL${level}</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>
      ${attributesFor(login, person).map(
        ({ name, value, type }) =>
          xml`<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"><saml:AttributeValue xsi:type="${type}">${value}</saml:AttributeValue></saml:Attribute>`,
      )}
    </saml:AttributeStatement>
  </saml:Assertion>`;
  const key = outcome === "other-key" ? keys.other : keys.own;
  const destination = outcome === "wrong-destination" ? "https://altro-servizio.example/acs" : login.acs;
  const document = envelope(login, responseId, issued, destination, [
    xml`<samlp:Status><samlp:StatusCode Value="${STATUS}:Success"/></samlp:Status>`,
    assertion,
  ]);
  const inner = outcome === "unsigned-assertion" ? document : signElement(document, assertionId, key);
  const signed = signElement(inner, responseId, key);
  // The swapped value is still a well-formed answer: only the signature tells.
  return outcome === "tampered" ? signed.replace(`>${nameId}<`, `>${newId()}<`) : signed;
}

function errorResponse(login: LoginRequest, outcome: Outcome, key: SigningKey): string {
  const id = newId();
  const document = envelope(login, id, new Date().toISOString(), login.acs, [
    xml`<samlp:Status>
      <samlp:StatusCode Value="${STATUS}:Responder"><samlp:StatusCode Value="${STATUS}:AuthnFailed"/></samlp:StatusCode>
      <samlp:StatusMessage>ErrorCode ${outcome}</samlp:StatusMessage>
    </samlp:Status>`,
  ]);
  return signElement(document, id, key);
}

function envelope(
  login: LoginRequest,
  id: string,
  issued: string,
  destination: string,
  content: readonly { xml: string }[],
): string {
  return xml`<samlp:Response xmlns:samlp="${NS.protocol}" xmlns:saml="${NS.assertion}" ID="${id}" Version="2.0" IssueInstant="${issued}" InResponseTo="${login.id}" Destination="${destination}">
    ${issuer(login.idp)}
    ${content}
  </samlp:Response>`.xml;
}

export function newId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}
