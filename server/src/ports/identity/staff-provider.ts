import { createPrivateKey, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import * as oidc from "openid-client";
import type { Config } from "../../platform/config.ts";
import type { Log } from "../../platform/log.ts";

/** Somebody of the staff, as their provider certified them: made by `identity` below and by nobody else. */
export type StaffIdentity = {
  issuer: string;
  subject: string;
  name: string;
  /** Only an address that the provider says it verified. */
  email: string | null;
  groups: string[];
  authenticatedAt: Date;
};

/**
 * The staff's own identity provider, any standard one, by OpenID Connect: authorization code with PKCE (RFC 7636), state
 * and nonce, client authentication by secret or by signed assertion.
 */
export type StaffProvider = {
  /** Where the browser goes to authenticate. Throws when the provider cannot be reached. */
  authorization(ask: { redirectUri: string; state: string; nonce: string; codeVerifier: string }): Promise<URL>;
  /** What the browser brought back, exchanged and verified; `cancelled` when the person or the provider said no. */
  identity(answer: {
    callback: URL;
    state: string;
    nonce: string;
    codeVerifier: string;
  }): Promise<StaffIdentity | "cancelled">;
  stop(): void;
};

const REFRESH_HOURS = 6;
const TIMEOUT_SECONDS = 5;
/** What a directory may send without our looking further: nobody works with more. */
const MOST_GROUPS = 500;

const privateKey = async (file: string) => {
  const key = createPrivateKey(readFileSync(file, "utf8"));
  const algorithm =
    key.asymmetricKeyType === "ec"
      ? { name: "ECDSA", namedCurve: "P-256" }
      : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  return webcrypto.subtle.importKey("pkcs8", key.export({ type: "pkcs8", format: "der" }), algorithm, false, ["sign"]);
};

const textIn = (claims: Record<string, unknown>, name: string): string | null => {
  const value = claims[name];
  return typeof value === "string" && value.trim() ? value.trim().slice(0, 200) : null;
};

export const staffProvider = async (
  settings: NonNullable<Config["staff"]["provider"]>,
  options: { insecure: boolean; log: Log },
): Promise<StaffProvider> => {
  const { issuer, clientId, acr, groupsClaim } = settings;
  const authentication = settings.clientKeyFile
    ? oidc.PrivateKeyJwt(await privateKey(settings.clientKeyFile))
    : oidc.ClientSecretBasic(settings.clientSecret);
  const discover = () =>
    oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // The signature of the ID token is verified though TLS already vouches for it (OpenID Connect Core 3.1.3.7, 6).
        oidc.enableNonRepudiationChecks,
        ...(options.insecure ? [oidc.allowInsecureRequests] : []),
      ],
    });
  // Read at start and on a timer; a login waits for it only while there is no copy at all.
  let known: oidc.Configuration | undefined;
  const refresh = async () => {
    const read = await discover();
    // One provider for all its life: keys and addresses may change, the issuer does not.
    if (read.serverMetadata().issuer !== (known?.serverMetadata().issuer ?? read.serverMetadata().issuer))
      throw new Error("the provider changed its issuer");
    known = read;
    return read;
  };
  const refreshQuietly = () =>
    refresh().catch((error: unknown) =>
      options.log.warn(
        { issuer, error: error instanceof Error ? error.message : String(error), kept: known !== undefined },
        "the provider of the staff could not be read",
      ),
    );
  void refreshQuietly();
  const timer = setInterval(() => void refreshQuietly(), REFRESH_HOURS * 3_600_000);
  timer.unref();
  const configuration = async () => known ?? (await refresh());

  return {
    authorization: async ({ redirectUri, state, nonce, codeVerifier }) =>
      oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
        ...(acr.length ? { acr_values: acr.join(" ") } : {}),
      }),
    identity: async ({ callback, state, nonce, codeVerifier }) => {
      const config = await configuration();
      if (callback.searchParams.get("error") === "access_denied" && callback.searchParams.get("state") === state)
        return "cancelled";
      const tokens = await oidc.authorizationCodeGrant(config, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const signed = tokens.claims();
      if (!signed) throw new Error("no ID token");
      if (acr.length && !acr.includes(String(signed["acr"])))
        throw new Error(`authenticated as ${String(signed["acr"])}, not as asked`);
      // Groups and names may be left to the userinfo endpoint (Core 5.4): asked only when the ID token has none.
      const claims: Record<string, unknown> =
        signed[groupsClaim] === undefined && config.serverMetadata().userinfo_endpoint
          ? { ...(await oidc.fetchUserInfo(config, tokens.access_token, signed.sub)), ...signed }
          : signed;
      const groups = claims[groupsClaim];
      const email = claims["email_verified"] === true ? textIn(claims, "email") : null;
      return {
        issuer: signed.iss,
        subject: signed.sub,
        name: textIn(claims, "name") ?? textIn(claims, "preferred_username") ?? email ?? signed.sub.slice(0, 200),
        email: email?.toLowerCase() ?? null,
        groups: (Array.isArray(groups) ? groups : typeof groups === "string" ? [groups] : [])
          .slice(0, MOST_GROUPS)
          .filter((group): group is string => typeof group === "string"),
        authenticatedAt: new Date((typeof signed.auth_time === "number" ? signed.auth_time : signed.iat) * 1000),
      };
    },
    stop: () => clearInterval(timer),
  };
};
