import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, RefusedToStart } from "../../platform/config.ts";
import type { Log } from "../../platform/log.ts";
import { isOutsideAddress, reachOutside } from "./federation/reach.ts";
import {
  certificateComplaints,
  type IdentityProvider,
  makeServiceProviderKeys,
  parseIdentityProviderMetadata,
  type Scheme,
  type ServiceProvider,
} from "./index.ts";
import { isDevelopmentCertificate, whyNotInService } from "./test-providers.ts";

/** A place that says which identity providers there are, as the settings name it. */
export type ProviderSource = {
  name: string;
  /** Asks it. Off the road of a login. */
  fetch(): Promise<string>;
  /** What a document of it says; throws what is not to be believed. */
  read(document: string, now: Date): IdentityProvider[];
};

/** The identity providers we trust, in memory: what was read from their sources, until each one's end. */
export type IdentityProviders = {
  sources: readonly ProviderSource[];
  hold(source: string, providers: readonly IdentityProvider[]): void;
  all(): IdentityProvider[];
  find(entityId: string): IdentityProvider | undefined;
};

export const heldProviders = (
  sources: readonly ProviderSource[],
  clock: () => Date = () => new Date(),
): IdentityProviders => {
  const bySource = new Map<string, readonly IdentityProvider[]>();
  // A last good copy may be kept for long: what it says still ends when it says so (§1.4, validUntil).
  const all = () =>
    sources
      .flatMap((source) => bySource.get(source.name) ?? [])
      .filter((provider) => !provider.validUntil || provider.validUntil > clock());
  return {
    sources,
    hold: (source, providers) => void bySource.set(source, providers),
    all,
    find: (entityId) => all().find((p) => p.entityId === entityId),
  };
};

const LARGEST = 8 * 1024 * 1024;

/** A source may say whose it is (`cie=https://…`, `spid=https://…`): otherwise each entity's name tells (§2.1). */
const readSource = (setting: string): { address: string; scheme?: Scheme } => {
  const [, scheme, address] = /^(?:(spid|cie)=)?(.*)$/s.exec(setting)!;
  return { address: address!, ...(scheme ? { scheme: scheme as Scheme } : {}) };
};

/** The sources of the settings. In strict mode none that is a development one can be named, nor any certificate of its. */
export const providerSources = (config: Config): ProviderSource[] => {
  const strict = config.mode === "strict";
  const { sources, certificates } = config.identityProviders;
  const pins = certificates.map(pinned);
  if (strict && pins.some(isDevelopmentCertificate))
    throw new RefusedToStart(
      "IDP_METADATA_CERTS: this is the certificate of the development provider, for development only.",
    );
  const reach = reachOutside({ strict });
  return sources.map((name) => {
    const { address, scheme } = readSource(name);
    const isWeb = /^https?:/.test(address);
    if (strict && !isOutsideAddress(address, true))
      throw new RefusedToStart(
        `IDP_METADATA: ${address} is not https on a public host: files, plain http and private addresses are for development only.`,
      );
    return {
      name,
      fetch: async () => {
        if (!isWeb) return readFile(address.replace(/^file:\/\//, ""), "utf8");
        const { status, body } = await reach({ url: address, largest: LARGEST });
        if (status !== 200) throw new Error(`${address} answered ${status}`);
        return body;
      },
      read: (document, now) => {
        const providers = parseIdentityProviderMetadata(document, {
          ...(pins.length || strict ? { trustedCertificates: pins } : {}),
          ...(scheme ? { scheme } : {}),
          schemeByName: !strict,
          now,
        });
        if (providers.length === 0) throw new Error("metadata names no provider of use");
        const why = strict ? providers.map(whyNotInService).find((reason) => reason !== undefined) : undefined;
        if (why) throw new Error(`metadata for development only: ${why}`);
        return providers;
      },
    };
  });
};

const pinned = (setting: string): string => {
  try {
    return new X509Certificate(setting.includes("BEGIN CERTIFICATE") ? setting : readFileSync(setting)).toString();
  } catch (error) {
    throw new RefusedToStart(
      `IDP_METADATA_CERTS: ${setting.slice(0, 200)} cannot be read as a certificate in PEM: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
};

/**
 * Ourselves, as the federations know us. In development the key is made at the first run and kept beside the data. A next
 * key may stand beside the one in use: both are published, SPID_SIGN_WITH says which signs.
 */
export const ownServiceProvider = async (config: Config, log: Log): Promise<ServiceProvider> => {
  const { entityId, ipaCode, organization, email, company, telephone } = config.spid;
  const folder = join(config.dataDir, "spid");
  const keyFile = config.spid.keyFile ?? join(folder, "key.pem");
  const certificateFile = config.spid.certificateFile ?? join(folder, "certificate.pem");
  const madeFor = company ? `${entityId} ${company.vatNumber ?? company.fiscalCode}` : entityId;
  if (
    !config.spid.keyFile &&
    !(existsSync(keyFile) && existsSync(certificateFile) && readFileSync(join(folder, "entity-id"), "utf8") === madeFor)
  ) {
    const made = await makeServiceProviderKeys({
      entityId,
      commonName: organization,
      organizationName: organization,
      locality: "Roma",
      ipaCode,
      ...(company?.vatNumber ? { vatNumber: company.vatNumber } : {}),
      ...(company?.fiscalCode ? { fiscalCode: company.fiscalCode } : {}),
    });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, made.privateKeyPem, { mode: 0o600 });
    writeFileSync(certificateFile, made.certificatePem, { mode: 0o600 });
    writeFileSync(join(folder, "entity-id"), madeFor, { mode: 0o600 });
  }
  const current = readKey(keyFile, certificateFile, "SPID_KEY_FILE and SPID_CERTIFICATE_FILE");
  const { nextKeyFile, nextCertificateFile, signWith } = config.spid;
  const next =
    nextKeyFile && nextCertificateFile
      ? readKey(nextKeyFile, nextCertificateFile, "SPID_NEXT_KEY_FILE and SPID_NEXT_CERTIFICATE_FILE")
      : undefined;
  if (signWith === "next" && !next)
    throw new RefusedToStart(
      "SPID_SIGN_WITH=next needs SPID_NEXT_KEY_FILE and SPID_NEXT_CERTIFICATE_FILE: there is no next key.",
    );
  const keys = next ? (signWith === "next" ? [next, current] : [current, next]) : [current];
  for (const key of keys) {
    const complaints = certificateComplaints(key, {
      entityId,
      profile: company ? "private" : "public",
      now: new Date(),
    });
    if (complaints.length === 0) continue;
    if (config.mode === "strict")
      throw new RefusedToStart(
        `A SPID certificate does not follow the federation's profile (avviso 29): ${complaints.join("; ")}.`,
      );
    log.warn({ complaints }, "a SPID certificate does not follow the federation's profile");
  }
  return {
    entityId,
    acsUrl: `${config.publicUrl}/spid/acs`,
    sloUrl: `${config.publicUrl}/spid/slo`,
    keys,
    organization: {
      name: organization,
      displayName: organization,
      url: config.publicUrl,
      ipaCode,
      email,
      ...(telephone ? { telephone } : {}),
      ...(company ? { company } : {}),
      ...config.cie,
    },
    attributeSets: [
      {
        index: 0,
        name: "Accesso al portale",
        attributes: ["name", "familyName", "fiscalNumber", "dateOfBirth", "email"],
      },
    ],
  };
};

const readKey = (keyFile: string, certificateFile: string, settings: string) => {
  try {
    return { privateKeyPem: readFileSync(keyFile, "utf8"), certificatePem: readFileSync(certificateFile, "utf8") };
  } catch (error) {
    throw new RefusedToStart(`${settings} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
};
