import type { SchemeName } from "./people.ts";
import { attribute, BINDING, type Binding, child, children, NS, parseXml, textOf } from "./xml.ts";

export interface ServiceProvider {
  entityId: string;
  displayName: string;
  certificates: string[];
  /** The federation the metadata was written for, when it says so: one entityID may publish one document for each. */
  scheme: SchemeName | undefined;
  assertionConsumers: { index: string; location: string; isDefault: boolean }[];
  attributeSets: { index: string; names: string[] }[];
  logout: { binding: Binding; location: string }[];
}

export interface Registry {
  find(entityId: string, scheme: SchemeName): Promise<ServiceProvider | undefined>;
  refresh(): Promise<void>;
  problems(): string[];
}

const TIMEOUT = 5_000;
const LARGEST = 1024 * 1024;

/** Metadata is fetched at the first request and again when a signature does not hold: a new key needs no restart. */
export function registry(urls: readonly string[]): Registry {
  const known = new Map<string, ServiceProvider>();
  const failures = new Map<string, string>();
  let running: Promise<void> | undefined;

  async function fetchOne(url: string): Promise<void> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), redirect: "error" });
      if (!response.ok) throw new Error(`risponde ${response.status}`);
      const text = await response.text();
      if (text.length > LARGEST) throw new Error("è troppo grande");
      known.set(url, readMetadata(text));
      failures.delete(url);
    } catch (error) {
      failures.set(url, `${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  function refresh(): Promise<void> {
    running ??= Promise.all(urls.map(fetchOne)).then(() => {
      running = undefined;
    });
    return running;
  }
  function pick(entityId: string, scheme: SchemeName): ServiceProvider | undefined {
    const candidates = [...known.values()].filter((sp) => sp.entityId === entityId);
    return candidates.find((sp) => sp.scheme === scheme) ?? candidates[0];
  }
  return {
    refresh,
    problems: () => [...failures.values()],
    async find(entityId, scheme) {
      const found = pick(entityId, scheme);
      // Another document of the same entity may not have been reachable the first time.
      if (found && (found.scheme === scheme || known.size === urls.length)) return found;
      await refresh();
      return pick(entityId, scheme);
    },
  };
}

export function readMetadata(text: string): ServiceProvider {
  const root = parseXml(text);
  const role = child(root, NS.metadata, "SPSSODescriptor");
  const entityId = attribute(root, "entityID");
  if (root.namespaceURI !== NS.metadata || !entityId || !role) throw new Error("non sono metadata di un SP");
  const organization = child(root, NS.metadata, "Organization");
  const all = (name: string) => children(role, NS.metadata, name);
  return {
    entityId,
    displayName: textOf(child(organization, NS.metadata, "OrganizationDisplayName")) || entityId,
    scheme: schemeOf(root),
    certificates: all("KeyDescriptor")
      .filter((key) => (attribute(key, "use") ?? "signing") === "signing")
      .flatMap((key) => Array.from(key.getElementsByTagNameNS(NS.signature, "X509Certificate")))
      .map((node) => pem(textOf(node))),
    assertionConsumers: all("AssertionConsumerService")
      .filter((service) => attribute(service, "Binding") === BINDING.post)
      .map((service) => ({
        index: attribute(service, "index") ?? "",
        location: attribute(service, "Location") ?? "",
        isDefault: attribute(service, "isDefault") === "true",
      })),
    attributeSets: all("AttributeConsumingService").map((service) => ({
      index: attribute(service, "index") ?? "",
      names: children(service, NS.metadata, "RequestedAttribute").map((item) => attribute(item, "Name") ?? ""),
    })),
    logout: all("SingleLogoutService").flatMap((service) => {
      const binding = (Object.keys(BINDING) as Binding[]).find((b) => BINDING[b] === attribute(service, "Binding"));
      const location = attribute(service, "ResponseLocation") ?? attribute(service, "Location");
      return binding && location ? [{ binding, location }] : [];
    }),
  };
}

function schemeOf(root: Element): SchemeName | undefined {
  if (root.getElementsByTagNameNS(NS.cie, "*").length > 0) return "cie";
  return root.getElementsByTagNameNS(NS.spid, "*").length > 0 ? "spid" : undefined;
}

function pem(base64: string): string {
  const lines = base64.replace(/\s/g, "").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
