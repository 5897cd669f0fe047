import { z } from "zod";

const list = z.string().transform((v) =>
  v
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean),
);

/** The settings of CIE by OpenID Federation. Nothing of it is on until a provider is named. */
export const OpenIdEnvironment = {
  CIE_OIDC_PROVIDER: z.url().optional(),
  CIE_OIDC_TRUST_ANCHOR: z.url().optional(),
  CIE_OIDC_TRUST_ANCHOR_KEYS: z.string().optional(),
  CIE_OIDC_CLIENT_ID: z.url().optional(),
  CIE_OIDC_FEDERATION_KEYS: z.string().optional(),
  CIE_OIDC_CORE_KEYS: z.string().optional(),
  CIE_OIDC_TRUST_MARKS: z.string().optional(),
  CIE_OIDC_REQUIRED_TRUST_MARKS: list.default([]),
  CIE_OIDC_AUTHORITY_HINTS: list.default([]),
  CIE_PREFERRED: z.enum(["saml", "oidc"]).default("saml"),
};
type Given = z.output<z.ZodObject<typeof OpenIdEnvironment>>;

/** Federations that are not the real one: their people are invented. */
const notInService =
  /^https:\/\/(?:localhost|127\.|\[|(?:[\w-]+\.)*(?:preproduzione|collaudo|demo|validator|dev)\.)|^https:\/\/[^/:]+\.(?:test|local|localhost)(?:[:/]|$)/i;

/** Reads them; `refuse` gets the sentence that says what to do. */
export const openIdSettings = (
  e: Given,
  { strict, publicUrl }: { strict: boolean; publicUrl: string },
  refuse: (sentence: string) => never,
) => {
  if (!e.CIE_OIDC_PROVIDER) {
    if (e.CIE_PREFERRED === "oidc") refuse("CIE_PREFERRED=oidc needs CIE_OIDC_PROVIDER, the provider to ask.");
    return undefined;
  }
  const clientId = (e.CIE_OIDC_CLIENT_ID ?? `${publicUrl}/cie/oidc`).replace(/\/$/, "");
  if (new URL(clientId).origin !== publicUrl)
    refuse("CIE_OIDC_CLIENT_ID must begin with PUBLIC_URL: our configuration is published under it.");
  if (!e.CIE_OIDC_TRUST_ANCHOR)
    return refuse("CIE_OIDC_TRUST_ANCHOR is missing: the anchor of the federation that vouches for CIE_OIDC_PROVIDER.");
  if (!e.CIE_OIDC_TRUST_ANCHOR_KEYS)
    return refuse(
      "CIE_OIDC_TRUST_ANCHOR_KEYS is missing: a file with the anchor's public keys (JWK set), received by another way than the net.",
    );
  if (strict) {
    for (const [name, address] of [
      ["CIE_OIDC_PROVIDER", e.CIE_OIDC_PROVIDER],
      ["CIE_OIDC_TRUST_ANCHOR", e.CIE_OIDC_TRUST_ANCHOR],
    ] as const) {
      if (!address.startsWith("https:")) refuse(`${name} must be https: plain http is for development only.`);
      if (notInService.test(address)) refuse(`${name}: ${address} is a test federation, for development only.`);
    }
    if (!e.CIE_OIDC_FEDERATION_KEYS || !e.CIE_OIDC_CORE_KEYS)
      refuse(
        "CIE_OIDC_FEDERATION_KEYS and CIE_OIDC_CORE_KEYS are missing: development keys are for development only (make them: area-server cie-keys FOLDER).",
      );
    if (!e.CIE_OIDC_TRUST_MARKS)
      refuse(
        "CIE_OIDC_TRUST_MARKS is missing: the file with the trust marks that the federation gave to this service.",
      );
  }
  return {
    provider: e.CIE_OIDC_PROVIDER,
    anchor: e.CIE_OIDC_TRUST_ANCHOR,
    anchorKeysFile: e.CIE_OIDC_TRUST_ANCHOR_KEYS,
    clientId,
    federationKeysFile: e.CIE_OIDC_FEDERATION_KEYS,
    coreKeysFile: e.CIE_OIDC_CORE_KEYS,
    trustMarksFile: e.CIE_OIDC_TRUST_MARKS,
    requiredTrustMarks: e.CIE_OIDC_REQUIRED_TRUST_MARKS,
    authorityHints: e.CIE_OIDC_AUTHORITY_HINTS.length ? e.CIE_OIDC_AUTHORITY_HINTS : [e.CIE_OIDC_TRUST_ANCHOR],
    preferred: e.CIE_PREFERRED === "oidc",
  };
};
