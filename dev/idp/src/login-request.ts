import { anomaly } from "./anomaly.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import type { IdentityType, Level } from "./people.ts";
import type { ServiceProvider } from "./service-providers.ts";
import { attribute, BINDING, child, children, ENTITY_FORMAT, NS, TRANSIENT_FORMAT, textOf } from "./xml.ts";

const COMPARISONS = ["exact", "minimum", "better", "maximum"] as const;
const SKEW = 3 * 60_000;

/** Identity types each Purpose accepts (Avviso 18 v2); without Purpose only natural persons' identities. */
const PURPOSES: Record<string, readonly IdentityType[]> = {
  P: [3, 4],
  LP: [2, 4],
  PG: [4],
  PF: [3],
  PX: [2, 3, 4],
};

export interface LoginRequest {
  idp: IdentityProvider;
  sp: ServiceProvider;
  id: string;
  acs: string;
  level: Level;
  comparison: (typeof COMPARISONS)[number];
  attributes: readonly string[];
  purpose: string | undefined;
  acceptedTypes: readonly IdentityType[];
  relayState: string | undefined;
}

/** Reads an authenticated AuthnRequest by SPID technical rules, in the order of the table of anomalies. */
export function readLoginRequest(
  root: Element,
  idp: IdentityProvider,
  sp: ServiceProvider,
  relayState: string | undefined,
): LoginRequest {
  if (root.namespaceURI !== NS.protocol || root.localName !== "AuthnRequest") {
    throw anomaly(8, `Atteso AuthnRequest, arrivato ${root.localName}.`);
  }
  checkEnvelope(root, idp, idp.sso);
  if (attribute(root, "IsPassive") !== undefined) throw anomaly(15, "IsPassive deve mancare.");
  const { level, comparison } = authnContext(root, idp);
  const forced = attribute(root, "ForceAuthn") === "true";
  // SPID: compulsory from level 2 up. CIE: always.
  if (!forced && (level > 1 || idp.scheme === "cie")) throw anomaly(8, "ForceAuthn deve essere true.");
  const policy = child(root, NS.protocol, "NameIDPolicy");
  if (!policy || attribute(policy, "Format") !== TRANSIENT_FORMAT) {
    throw anomaly(17, "NameIDPolicy deve avere Format transient.");
  }
  // Avviso 5.
  if (attribute(policy, "AllowCreate") !== undefined) throw anomaly(17, "AllowCreate deve mancare (Avviso 5).");
  const purpose = purposeOf(root);
  return {
    idp,
    sp,
    id: attribute(root, "ID") ?? "",
    acs: assertionConsumer(root, sp),
    level,
    comparison,
    attributes: attributeSet(root, sp),
    purpose,
    acceptedTypes: purpose ? PURPOSES[purpose]! : [1, 3],
    relayState,
  };
}

/** Whether a level satisfies the request, by its Comparison. */
export function satisfies(level: Level, login: Pick<LoginRequest, "level" | "comparison">): boolean {
  switch (login.comparison) {
    case "exact":
      return level === login.level;
    case "minimum":
      return level >= login.level;
    case "better":
      return level > login.level;
    case "maximum":
      return level <= login.level;
  }
}

/** What every SAML request must carry, login or logout. */
export function checkEnvelope(root: Element, idp: IdentityProvider, destination: string): void {
  if (attribute(root, "Version") !== "2.0") throw anomaly(9, "Version deve essere 2.0.");
  if (!/^[A-Za-z_][\w.-]*$/.test(attribute(root, "ID") ?? "")) {
    throw anomaly(11, "ID deve esserci e iniziare con una lettera o con _.");
  }
  const instant = attribute(root, "IssueInstant") ?? "";
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(instant) ? Date.parse(instant) : Number.NaN;
  if (!(Math.abs(Date.now() - at) <= SKEW)) {
    throw anomaly(13, `IssueInstant «${instant}» deve essere UTC e distare al più 3 minuti da adesso.`);
  }
  const given = attribute(root, "Destination");
  // Avviso 11 also allows the entityID; CIE wants the Location alone.
  if (given !== destination && !(idp.scheme === "spid" && given === idp.entityId)) {
    throw anomaly(14, `Destination «${given ?? ""}», attesa «${destination}».`);
  }
  const issuers = children(root, NS.assertion, "Issuer");
  if (issuers.length !== 1) throw anomaly(10, "Atteso un solo Issuer.");
  if (idp.scheme === "spid") {
    if (attribute(issuers[0]!, "Format") !== ENTITY_FORMAT) throw anomaly(10, "Issuer deve avere Format entity.");
    if (!attribute(issuers[0]!, "NameQualifier")) throw anomaly(10, "Issuer deve avere NameQualifier.");
  }
}

function authnContext(root: Element, idp: IdentityProvider): Pick<LoginRequest, "level" | "comparison"> {
  const contexts = children(root, NS.protocol, "RequestedAuthnContext");
  const classes = contexts.flatMap((context) => children(context, NS.assertion, "AuthnContextClassRef"));
  const level = /^https:\/\/www\.spid\.gov\.it\/SpidL([123])$/.exec(textOf(classes[0]))?.[1];
  if (contexts.length !== 1 || classes.length !== 1 || !level) {
    throw anomaly(12, "Atteso un solo AuthnContextClassRef, https://www.spid.gov.it/SpidL1, L2 o L3.");
  }
  const comparison = COMPARISONS.find((c) => c === (attribute(contexts[0]!, "Comparison") ?? "exact"));
  if (!comparison || (idp.scheme === "cie" && comparison !== "exact" && comparison !== "minimum")) {
    throw anomaly(12, "Comparison non ammesso (CIE: solo exact o minimum).");
  }
  return { level: Number(level) as Level, comparison };
}

function assertionConsumer(root: Element, sp: ServiceProvider): string {
  const index = attribute(root, "AssertionConsumerServiceIndex");
  const url = attribute(root, "AssertionConsumerServiceURL");
  const binding = attribute(root, "ProtocolBinding");
  if (index !== undefined) {
    if (url !== undefined || binding !== undefined) throw anomaly(16, "Indice e URL non vanno insieme.");
    const found = sp.assertionConsumers.find((service) => service.index === index);
    if (!found?.location) throw anomaly(16, `L’indice ${index} non è nei metadata.`);
    return found.location;
  }
  if (url === undefined || binding !== BINDING.post) {
    throw anomaly(16, "Atteso AssertionConsumerServiceIndex, oppure URL con ProtocolBinding HTTP-POST.");
  }
  if (!sp.assertionConsumers.some((service) => service.location === url)) {
    throw anomaly(16, `«${url}» non è nei metadata.`);
  }
  return url;
}

function attributeSet(root: Element, sp: ServiceProvider): readonly string[] {
  const index = attribute(root, "AttributeConsumingServiceIndex");
  const found = sp.attributeSets.find((set) => set.index === index);
  if (index === undefined || !found) {
    throw anomaly(18, `AttributeConsumingServiceIndex «${index ?? ""}» non è nei metadata.`);
  }
  return found.names;
}

function purposeOf(root: Element): string | undefined {
  const extensions = child(root, NS.protocol, "Extensions");
  const element = child(extensions, NS.spid, "Purpose");
  if (!element) return undefined;
  const purpose = textOf(element);
  if (!(purpose in PURPOSES)) throw anomaly(8, `Purpose «${purpose}» non esiste (Avviso 18).`);
  return purpose;
}
