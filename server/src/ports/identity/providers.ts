import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, RefusedToStart } from "../../platform/config.ts";
import type { Log } from "../../platform/log.ts";
import {
  type IdentityProvider,
  makeServiceProviderKeys,
  parseIdentityProviderMetadata,
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
          parseIdentityProviderMetadata(await fetchMetadata(source), {
            ...(pins.length ? { trustedCertificates: pins } : {}),
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

/** Ourselves, as the federations know us. In development the key is made at the first run and kept beside the data. */
export const ownServiceProvider = async (config: Config): Promise<ServiceProvider> => {
  const { entityId, ipaCode, organization, email } = config.spid;
  const folder = join(config.dataDir, "spid");
  const keyFile = config.spid.keyFile ?? join(folder, "key.pem");
  const certificateFile = config.spid.certificateFile ?? join(folder, "certificate.pem");
  if (
    !config.spid.keyFile &&
    !(
      existsSync(keyFile) &&
      existsSync(certificateFile) &&
      readFileSync(join(folder, "entity-id"), "utf8") === entityId
    )
  ) {
    const made = await makeServiceProviderKeys({
      entityId,
      commonName: organization,
      organizationName: organization,
      locality: "Roma",
      ipaCode,
    });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, made.privateKeyPem, { mode: 0o600 });
    writeFileSync(certificateFile, made.certificatePem, { mode: 0o600 });
    writeFileSync(join(folder, "entity-id"), entityId, { mode: 0o600 });
  }
  return {
    entityId,
    acsUrl: `${config.publicUrl}/spid/acs`,
    sloUrl: `${config.publicUrl}/spid/slo`,
    keys: [{ privateKeyPem: readFileSync(keyFile, "utf8"), certificatePem: readFileSync(certificateFile, "utf8") }],
    organization: { name: organization, displayName: organization, url: config.publicUrl, ipaCode, email },
    attributeSets: [
      {
        index: 0,
        name: "Accesso al portale",
        attributes: ["name", "familyName", "fiscalNumber", "dateOfBirth", "email"],
      },
    ],
  };
};
