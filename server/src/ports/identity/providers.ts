import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, RefusedToStart } from "../../platform/config.ts";
import type { Log } from "../../platform/log.ts";
import {
  certificateComplaints,
  type IdentityProvider,
  makeServiceProviderKeys,
  parseIdentityProviderMetadata,
  type Scheme,
  type ServiceProvider,
} from "./index.ts";

/** The identity providers we trust, in memory: read at start and on a timer, never on the road of a login. */
export type IdentityProviders = {
  all(): IdentityProvider[];
  find(entityId: string): IdentityProvider | undefined;
  stop(): void;
};

const REFRESH_HOURS = 6;
const LARGEST = 8 * 1024 * 1024;

/** A source may say whose it is (`cie=https://…`, `spid=https://…`): otherwise each entity's name tells (§2.1). */
const readSource = (setting: string): { address: string; scheme?: Scheme } => {
  const [, scheme, address] = /^(?:(spid|cie)=)?(.*)$/s.exec(setting)!;
  return { address: address!, ...(scheme ? { scheme: scheme as Scheme } : {}) };
};

const fetchMetadata = async (source: string): Promise<string> => {
  if (!/^https?:/.test(source)) return readFile(source.replace(/^file:\/\//, ""), "utf8");
  const response = await fetch(source, { signal: AbortSignal.timeout(5_000), redirect: "error" });
  if (!response.ok) throw new Error(`${source} answered ${response.status}`);
  const text = await response.text();
  if (text.length > LARGEST) throw new Error(`${source} is too large`);
  return text;
};

/** Reads every source; one that fails keeps its last good copy. The start fails only when nothing at all could be read. */
export const trustedIdentityProviders = async (config: Config, log: Log): Promise<IdentityProviders> => {
  const { sources, certificates } = config.identityProviders;
  const pins = certificates.map((c) => (c.includes("BEGIN CERTIFICATE") ? c : readFileSync(c, "utf8")));
  const bySource = new Map<string, IdentityProvider[]>();
  const refresh = async () => {
    for (const source of sources) {
      try {
        bySource.set(
          source,
          parseIdentityProviderMetadata(await fetchMetadata(readSource(source).address), {
            ...(pins.length ? { trustedCertificates: pins } : {}),
            ...(readSource(source).scheme ? { scheme: readSource(source).scheme! } : {}),
            schemeByName: config.mode === "development",
            now: new Date(),
          }),
        );
      } catch (error) {
        log.warn(
          { source, error: error instanceof Error ? error.message : String(error), kept: bySource.has(source) },
          "metadata of identity providers could not be read",
        );
      }
    }
  };
  await refresh();
  if (config.mode === "strict" && bySource.size === 0)
    throw new RefusedToStart(
      "No metadata of identity providers could be read and verified: see the log. Check IDP_METADATA and IDP_METADATA_CERTS.",
    );
  const missing = () => sources.some((s) => !bySource.has(s));
  // The development provider may start after us: ask again soon while something is missing.
  let quick = 0;
  const soon = setInterval(() => {
    if (!missing() || quick++ > 60) clearInterval(soon);
    else void refresh();
  }, 1_000);
  const timer = setInterval(() => void refresh(), REFRESH_HOURS * 3_600_000);
  soon.unref();
  timer.unref();
  const all = () => sources.flatMap((s) => bySource.get(s) ?? []);
  return {
    all,
    find: (entityId) => all().find((p) => p.entityId === entityId),
    stop: () => {
      clearInterval(soon);
      clearInterval(timer);
    },
  };
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
