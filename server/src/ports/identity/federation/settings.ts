import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import { type Config, RefusedToStart } from "../../../platform/config.ts";
import type { Federation } from "./index.ts";
import { makeKeys, type RelyingPartyKeys, readKeys, writeKeys } from "./keys.ts";
import { reachOutside } from "./reach.ts";
import { isRecord, isText, peekClaims, publicKeysOf } from "./signed-token.ts";

/** Our side of the federation, from the settings; undefined when CIE by OpenID is not asked for. */
export const ownFederation = async (config: Config): Promise<Federation | undefined> => {
  const { cieOpenId: own, spid, publicUrl } = config;
  if (!own) return undefined;
  const strict = config.mode === "strict";
  const federation: Federation = {
    rp: {
      clientId: own.clientId,
      redirectUri: `${publicUrl}/cie/oidc/callback`,
      resolveEndpoint: `${own.clientId}/resolve`,
      anchor: own.anchor,
      authorityHints: own.authorityHints,
      keys: await ownKeys(config),
      trustMarks: () => trustMarksIn(own.trustMarksFile),
      organization: {
        name: spid.organization,
        url: publicUrl,
        policyUrl: `${publicUrl}/privacy`,
        logoUrl: `${publicUrl}/cie/oidc/logo.svg`,
        email: spid.email,
      },
    },
    trusted: {
      anchor: own.anchor,
      anchorKeys: () => anchorKeysIn(own.anchorKeysFile),
      provider: own.provider,
      requiredMarks: own.requiredTrustMarks,
      strict,
    },
    reach: reachOutside({ strict }),
  };
  // In development the anchor may write its files after us: there they are read when they are needed.
  if (strict) checkInStrict(federation);
  return federation;
};

/** What the development anchor calls its keys, so that a service cannot take it for a real one. */
const DEVELOPMENT_KEY = /^dev-/;

const checkInStrict = ({ rp, trusted }: Federation): void => {
  const keys = trusted.anchorKeys();
  if (keys.length === 0)
    throw new RefusedToStart("CIE_OIDC_TRUST_ANCHOR_KEYS holds no key: an unpinned anchor proves nothing.");
  if (keys.some((key) => DEVELOPMENT_KEY.test(key.kid ?? "")))
    throw new RefusedToStart("CIE_OIDC_TRUST_ANCHOR_KEYS are those of the development anchor: for development only.");
  const marks = rp.trustMarks();
  if (marks.length === 0)
    throw new RefusedToStart("CIE_OIDC_TRUST_MARKS holds no trust mark: the provider would refuse us.");
  if (marks.some((mark) => peekClaims(mark.trust_mark, "trust mark")["sub"] !== rp.clientId))
    throw new RefusedToStart(`CIE_OIDC_TRUST_MARKS: a trust mark was given to another than ${rp.clientId}.`);
};

const fileSaid = (name: string, file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new RefusedToStart(`${name}: ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
};

const anchorKeysIn = (file: string): JWK[] => publicKeysOf(fileSaid("CIE_OIDC_TRUST_ANCHOR_KEYS", file), "the anchor");

const trustMarksIn = (file: string | undefined): { id: string; trust_mark: string }[] => {
  if (!file || !existsSync(file)) return [];
  const said = fileSaid("CIE_OIDC_TRUST_MARKS", file);
  if (!Array.isArray(said)) throw new RefusedToStart("CIE_OIDC_TRUST_MARKS must be a JSON list of {id, trust_mark}.");
  return said.map((mark: unknown) => {
    if (!isRecord(mark) || !isText(mark["id"]) || !isText(mark["trust_mark"], 16_384))
      throw new RefusedToStart("CIE_OIDC_TRUST_MARKS must be a JSON list of {id, trust_mark}.");
    return { id: mark["id"], trust_mark: mark["trust_mark"] };
  });
};

const ownKeys = async ({ cieOpenId, dataDir }: Config): Promise<RelyingPartyKeys> => {
  const folder = join(dataDir, "cie-oidc");
  const federation = cieOpenId?.federationKeysFile ?? join(folder, "federation.jwks.json");
  const core = cieOpenId?.coreKeysFile ?? join(folder, "core.jwks.json");
  if (!cieOpenId?.federationKeysFile && !cieOpenId?.coreKeysFile && !(existsSync(federation) && existsSync(core))) {
    const made = writeKeys(await makeKeys());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(federation, made.federation, { mode: 0o600 });
    writeFileSync(core, made.core, { mode: 0o600 });
  }
  try {
    return await readKeys({ federation: readFileSync(federation, "utf8"), core: readFileSync(core, "utf8") });
  } catch (error) {
    throw new RefusedToStart(error instanceof Error ? error.message : String(error));
  }
};
