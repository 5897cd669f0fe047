import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StaffHolding, type StaffProfile, staffProfileNames, staffProfiles } from "@area/api";
import { z } from "zod";
import { OpenIdEnvironment, openIdSettings } from "./openid-settings.ts";

const flag = z.enum(["true", "false", "1", "0"]).transform((v) => v === "true" || v === "1");
const list = z.string().transform((v) =>
  v
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean),
);

/** As `list`; where a name holds commas (a directory's), semicolons part the entries. */
const groupList = z.string().transform((v) =>
  v
    .split(v.includes(";") ? ";" : ",")
    .map((s) => s.trim())
    .filter(Boolean),
);

/** The keys that sign statements, in turn: "1,2@2026-12-01" goes over to the second on that day. */
const statementKeys = z.string().transform((text, context) => {
  const keys = text.split(",").map((one) => {
    const [, generation, day] = /^\s*(\d{1,4})(?:@(\d{4}-\d{2}-\d{2}))?\s*$/.exec(one) ?? [];
    return { generation: Number(generation), from: day ? new Date(`${day}T00:00:00Z`) : null };
  });
  const inOrder = keys.every(({ generation, from }, i) => {
    const before = keys[i - 1];
    if (!before) return generation > 0;
    return generation > before.generation && from !== null && (before.from === null || from > before.from);
  });
  if (!inOrder) context.addIssue("numbers that grow, each after the first with the day it begins: 1,2@2026-12-01");
  return keys;
});

/** Every setting of the server, read from the environment and nowhere else. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  DATA_DIR: z.string().default(".data"),
  DATA_KEY: z.string().min(1).optional(),
  STATEMENT_KEYS: statementKeys.default([{ generation: 1, from: null }]),
  EMBEDDED_DATABASE_ACKNOWLEDGED: flag.default(false),
  IDP_METADATA: list.default([]),
  IDP_METADATA_CERTS: list.default([]),
  SPID_ENTITY_ID: z.string().optional(),
  SPID_KEY_FILE: z.string().optional(),
  SPID_CERTIFICATE_FILE: z.string().optional(),
  SPID_IPA_CODE: z.string().default("esempio"),
  SPID_ORGANIZATION: z.string().default("Area Riservata"),
  SPID_CONTACT_EMAIL: z.string().default("assistenza@area-riservata.example"),
  STAFF_ISSUER: z.url().optional(),
  STAFF_CLIENT_ID: z.string().min(1).optional(),
  STAFF_CLIENT_SECRET: z.string().min(1).optional(),
  STAFF_CLIENT_KEY_FILE: z.string().min(1).optional(),
  STAFF_SCOPE: z.string().default("openid profile email"),
  STAFF_ACR: list.default([]),
  STAFF_GROUPS_CLAIM: z.string().min(1).default("groups"),
  STAFF_GROUPS: groupList.default([]),
  STAFF_CONTACT: z.string().min(1).optional(),
  STAFF_ALERT_EMAIL: z.email().optional(),
  STAFF_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).default(15),
  SPID_TELEPHONE: z.string().optional(),
  SPID_PROFILE: z.enum(["public", "private"]).default("public"),
  SPID_NEXT_KEY_FILE: z.string().optional(),
  SPID_NEXT_CERTIFICATE_FILE: z.string().optional(),
  SPID_SIGN_WITH: z.enum(["current", "next"]).default("current"),
  SPID_VAT_NUMBER: z
    .string()
    .regex(/^(?:IT)?\d{11}$/, "11 digits")
    .optional(),
  SPID_FISCAL_CODE: z
    .string()
    .regex(/^(?:\d{11}|[A-Z0-9]{16})$/, "11 digits or 16 characters")
    .optional(),
  SPID_BILLING_EMAIL: z.string().optional(),
  SPID_BILLING_ADDRESS: z.string().optional(),
  SPID_BILLING_NUMBER: z.string().optional(),
  SPID_BILLING_ZIP_CODE: z.string().optional(),
  SPID_BILLING_CITY: z.string().optional(),
  SPID_BILLING_PROVINCE: z.string().optional(),
  CIE_MUNICIPALITY: z
    .string()
    .regex(/^[A-Z]\d{3}$/, "a cadastral code, as H501")
    .default("H501"),
  CIE_PROVINCE: z
    .string()
    .regex(/^[A-Z]{2}$/, "two letters")
    .default("RM"),
  CIE_NACE2: z.string().optional(),
  ...OpenIdEnvironment,
  TRUST_LIST_FILE: z.string().optional(),
  REMOTE_SIGNATURE_URL: z.url().optional(),
  REMOTE_SIGNATURE_CLIENT_ID: z.string().min(1).optional(),
  REMOTE_SIGNATURE_CLIENT_SECRET: z.string().min(1).optional(),
  SEAL_URL: z.url().optional(),
  SEAL_CLIENT_ID: z.string().min(1).optional(),
  SEAL_CLIENT_SECRET: z.string().min(1).optional(),
  SEAL_CREDENTIAL_ID: z.string().min(1).optional(),
  SEAL_PIN: z.string().min(1).optional(),
  SEAL_KEY_FILE: z.string().optional(),
  SEAL_CERTIFICATE_FILE: z.string().optional(),
  LOTL_URL: z.url().optional(),
  LOTL_CERTIFICATES_FILE: z.string().optional(),
  LOTL_TERRITORIES: list.default([]),
  BUSINESS_REGISTER_URL: z.url().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Area Riservata <no-reply@area-riservata.example>"),
  PEC_FROM: z.string().default("Area Riservata <area-riservata@pec.example>"),
  S3_ENDPOINT: z.string().optional(),
  S3_REGION: z.string().default("eu-south-1"),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  LOGIN_RATE_LIMIT: z.coerce.number().int().min(1).default(20),
  REQUEST_RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  UPLOAD_MEMORY_MB: z.coerce.number().int().min(20).default(100),
  TRUST_PROXY: z.string().default("false"),
  SUPPORT_EMAIL: z.string().min(3).optional(),
  RECOVERY_DAYS: z.coerce.number().min(0).max(90).default(5),
  RECOVERY_SILENT_DAYS: z.coerce.number().min(0).max(365).default(30),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).default(30),
  SESSION_HOURS: z.coerce.number().min(0.01).default(9),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  DEV_IDP_METADATA: z.string().optional(),
  DEV_LINKS: z.string().optional(),
});

export type Mode = "development" | "strict";
export type Config = ReturnType<typeof readConfig>;

/** A start that must not happen: the sentence says what to do. */
export class RefusedToStart extends Error {
  override readonly name = "RefusedToStart";
}

const dataKey = (given: string | undefined, mode: Mode, dataDir: string): Buffer => {
  if (given) {
    const key = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, "hex") : Buffer.from(given, "base64");
    if (key.length !== 32)
      throw new RefusedToStart(
        "DATA_KEY must be 32 bytes, in base64 or in 64 hexadecimal digits (make one: openssl rand -base64 32).",
      );
    return key;
  }
  if (mode === "strict")
    throw new RefusedToStart(
      "DATA_KEY is missing: it encrypts fiscal codes and mail addresses (make one: openssl rand -base64 32).",
    );
  const path = join(dataDir, "data.key");
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
  }
  return Buffer.from(readFileSync(path, "utf8").trim(), "base64");
};

/** `group=profile` or `group=profile:product`, one a group and profile; a profile given per product says which, or `*` for all. */
const staffGroups = (given: readonly string[]): { group: string; holding: StaffHolding }[] =>
  given.map((entry) => {
    const [, group, name, product] = /^(.+)=([a-z-]+)(?::([\w*-]+))?$/.exec(entry) ?? [];
    const profile = staffProfileNames.find((known) => known === name);
    if (!group || !profile)
      throw new RefusedToStart(
        `STAFF_GROUPS: “${entry}” is not group=profile or group=profile:product, with a profile among ${staffProfileNames.join(", ")}.`,
      );
    if (staffProfiles[profile as StaffProfile].perProduct !== Boolean(product))
      throw new RefusedToStart(
        product
          ? `STAFF_GROUPS: the profile ${profile} holds for every product: write ${group}=${profile}.`
          : `STAFF_GROUPS: the profile ${profile} is given per product: write ${group}=${profile}:PRODUCT, or ${group}=${profile}:* for all.`,
      );
    return { group, holding: { profile, productId: !product || product === "*" ? null : product } };
  });

/** The company's seal: at a signature service, or, in development, a key in a file. */
const sealOf = (e: z.output<typeof Environment>, mode: Mode) => {
  const { SEAL_URL: url, SEAL_CLIENT_ID: clientId, SEAL_CLIENT_SECRET: clientSecret } = e;
  const { SEAL_CREDENTIAL_ID: credentialId, SEAL_PIN: pin, SEAL_KEY_FILE: key, SEAL_CERTIFICATE_FILE: certificate } = e;
  if (url) {
    if (!clientId || !clientSecret || !credentialId || !pin)
      throw new RefusedToStart(
        "SEAL_URL needs SEAL_CLIENT_ID, SEAL_CLIENT_SECRET, SEAL_CREDENTIAL_ID and SEAL_PIN: the company’s credential at the service.",
      );
    if (mode === "strict" && !url.startsWith("https:"))
      throw new RefusedToStart("SEAL_URL must be https: plain http is for development only.");
    return { kind: "service" as const, url, clientId, clientSecret, credentialId, pin };
  }
  if (!key || !certificate) return undefined;
  if (mode === "strict")
    throw new RefusedToStart(
      "SEAL_KEY_FILE is for development only: set SEAL_URL, whose keys never leave the service.",
    );
  return { kind: "file" as const, key, certificate };
};

const staffDoor = (e: z.output<typeof Environment>, mode: Mode) => {
  const common = {
    groups: staffGroups(e.STAFF_GROUPS),
    contact: e.STAFF_CONTACT ?? e.SPID_CONTACT_EMAIL,
    alertEmail: e.STAFF_ALERT_EMAIL,
    idleMinutes: e.STAFF_SESSION_IDLE_MINUTES,
  };
  if (!e.STAFF_ISSUER) return { ...common, provider: undefined };
  if (mode === "strict" && !e.STAFF_ISSUER.startsWith("https:"))
    throw new RefusedToStart("STAFF_ISSUER must be https: plain http is for development only.");
  if (!e.STAFF_CLIENT_ID || Boolean(e.STAFF_CLIENT_SECRET) === Boolean(e.STAFF_CLIENT_KEY_FILE))
    throw new RefusedToStart(
      "STAFF_ISSUER needs STAFF_CLIENT_ID and one of STAFF_CLIENT_SECRET and STAFF_CLIENT_KEY_FILE (a private key in PEM).",
    );
  return {
    ...common,
    provider: {
      issuer: e.STAFF_ISSUER,
      clientId: e.STAFF_CLIENT_ID,
      clientSecret: e.STAFF_CLIENT_SECRET,
      clientKeyFile: e.STAFF_CLIENT_KEY_FILE,
      scope: e.STAFF_SCOPE,
      acr: e.STAFF_ACR,
      groupsClaim: e.STAFF_GROUPS_CLAIM,
    },
  };
};

/** A private service provider says who pays (avviso 29): in development an invented company does. */
const companyOf = (e: z.output<typeof Environment>, mode: Mode) => {
  if (e.SPID_PROFILE === "public") return undefined;
  const invented = mode === "development" && !e.SPID_VAT_NUMBER && !e.SPID_FISCAL_CODE;
  const vatNumber = invented ? "01234567897" : e.SPID_VAT_NUMBER?.replace(/^IT/, "");
  const billing = {
    email: e.SPID_BILLING_EMAIL ?? e.SPID_CONTACT_EMAIL,
    address: e.SPID_BILLING_ADDRESS ?? (mode === "development" ? "Via dei Tigli" : ""),
    zipCode: e.SPID_BILLING_ZIP_CODE ?? (mode === "development" ? "00100" : ""),
    city: e.SPID_BILLING_CITY ?? (mode === "development" ? "Roma" : ""),
    ...(e.SPID_BILLING_NUMBER ? { number: e.SPID_BILLING_NUMBER } : {}),
    ...(e.SPID_BILLING_PROVINCE ? { province: e.SPID_BILLING_PROVINCE } : {}),
  };
  if (!vatNumber && !e.SPID_FISCAL_CODE)
    throw new RefusedToStart(
      "SPID_PROFILE=private needs SPID_VAT_NUMBER or SPID_FISCAL_CODE: they stand in the metadata.",
    );
  if (!billing.address || !billing.zipCode || !billing.city)
    throw new RefusedToStart(
      "SPID_PROFILE=private needs SPID_BILLING_ADDRESS, SPID_BILLING_ZIP_CODE and SPID_BILLING_CITY: AgID invoices there.",
    );
  return {
    ...(vatNumber ? { vatNumber } : {}),
    ...(e.SPID_FISCAL_CODE ? { fiscalCode: e.SPID_FISCAL_CODE } : {}),
    ...(e.CIE_NACE2 ? { nace2: e.CIE_NACE2 } : {}),
    billing,
  };
};

/** Reads and checks the environment. Strict mode refuses what only development may use. */
export const readConfig = (environment: NodeJS.ProcessEnv, mode: Mode) => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success)
    throw new RefusedToStart(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("\n"));
  const e = parsed.data;
  if (e.REMOTE_SIGNATURE_URL && (!e.REMOTE_SIGNATURE_CLIENT_ID || !e.REMOTE_SIGNATURE_CLIENT_SECRET))
    throw new RefusedToStart(
      "REMOTE_SIGNATURE_URL needs REMOTE_SIGNATURE_CLIENT_ID and REMOTE_SIGNATURE_CLIENT_SECRET.",
    );
  if (e.LOTL_URL && !e.LOTL_CERTIFICATES_FILE)
    throw new RefusedToStart(
      "LOTL_CERTIFICATES_FILE is missing: the certificates (PEM) that may sign the list of trusted lists.",
    );
  const publicUrl = new URL(e.PUBLIC_URL ?? `http://localhost:${e.PORT}`);
  const secure = publicUrl.protocol === "https:";
  if (mode === "strict") {
    if (!e.PUBLIC_URL) throw new RefusedToStart("PUBLIC_URL is missing: the https address that people open.");
    if (!secure) throw new RefusedToStart("PUBLIC_URL must be https: only development may use plain http.");
    if (!e.DATABASE_URL && !e.EMBEDDED_DATABASE_ACKNOWLEDGED)
      throw new RefusedToStart(
        "DATABASE_URL is missing. The embedded database makes no fsync and does not survive a power cut; to use it all the same set EMBEDDED_DATABASE_ACKNOWLEDGED=true.",
      );
    if (e.IDP_METADATA.length === 0)
      throw new RefusedToStart("IDP_METADATA is missing: files or https addresses of the trusted identity providers.");
    if (e.IDP_METADATA_CERTS.length === 0)
      throw new RefusedToStart(
        "IDP_METADATA_CERTS is missing: the certificates that must have signed the metadata of the identity providers.",
      );
    if (e.IDP_METADATA.some((source) => /^(?:(?:spid|cie)=)?http:/.test(source)))
      throw new RefusedToStart("IDP_METADATA: plain http is for development only.");
    const forDevelopment = (["DEV_IDP_METADATA", "DEV_LINKS"] as const).find((name) => e[name] !== undefined);
    if (forDevelopment) throw new RefusedToStart(`${forDevelopment} is for development only: take it away.`);
    if (!e.SPID_KEY_FILE || !e.SPID_CERTIFICATE_FILE)
      throw new RefusedToStart(
        "SPID_KEY_FILE and SPID_CERTIFICATE_FILE are missing: development keys are for development only.",
      );
    if (!e.SPID_NEXT_KEY_FILE !== !e.SPID_NEXT_CERTIFICATE_FILE)
      throw new RefusedToStart("SPID_NEXT_KEY_FILE and SPID_NEXT_CERTIFICATE_FILE go together.");
    if (!e.TRUST_LIST_FILE && !e.LOTL_URL)
      throw new RefusedToStart(
        "LOTL_URL and TRUST_LIST_FILE are missing: the European list of trusted lists, or the certificates (PEM) of the authorities whose signatures are accepted.",
      );
    if (e.REMOTE_SIGNATURE_URL && !e.REMOTE_SIGNATURE_URL.startsWith("https:"))
      throw new RefusedToStart("REMOTE_SIGNATURE_URL must be https: only development may use plain http.");
    if (e.LOTL_URL && !e.LOTL_URL.startsWith("https:"))
      throw new RefusedToStart("LOTL_URL must be https: only development may use plain http.");
    if (e.BUSINESS_REGISTER_URL?.startsWith("http:"))
      throw new RefusedToStart("BUSINESS_REGISTER_URL must be https: only development may use plain http.");
    if (!e.SMTP_URL) throw new RefusedToStart("SMTP_URL is missing: the server that sends mail and PEC.");
  }
  return {
    mode,
    version: "0.1.0",
    port: e.PORT,
    host: e.HOST ?? (mode === "development" ? "localhost" : "0.0.0.0"),
    publicUrl: publicUrl.origin,
    secure,
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    dataDir: e.DATA_DIR,
    dataKey: dataKey(e.DATA_KEY, mode, e.DATA_DIR),
    statementKeys: e.STATEMENT_KEYS,
    identityProviders: {
      sources:
        e.IDP_METADATA.length === 0 && mode === "development" && e.DEV_IDP_METADATA
          ? e.DEV_IDP_METADATA.split(",")
          : e.IDP_METADATA,
      certificates: e.IDP_METADATA_CERTS,
    },
    spid: {
      entityId: e.SPID_ENTITY_ID ?? publicUrl.origin,
      keyFile: e.SPID_KEY_FILE,
      certificateFile: e.SPID_CERTIFICATE_FILE,
      ipaCode: e.SPID_IPA_CODE,
      organization: e.SPID_ORGANIZATION,
      email: e.SPID_CONTACT_EMAIL,
      telephone: e.SPID_TELEPHONE,
      nextKeyFile: e.SPID_NEXT_KEY_FILE,
      nextCertificateFile: e.SPID_NEXT_CERTIFICATE_FILE,
      signWith: e.SPID_SIGN_WITH,
      company: companyOf(e, mode),
    },
    staff: staffDoor(e, mode),
    cie: { municipality: e.CIE_MUNICIPALITY, province: e.CIE_PROVINCE },
    cieOpenId: openIdSettings(e, { strict: mode === "strict", publicUrl: publicUrl.origin }, (sentence) => {
      throw new RefusedToStart(sentence);
    }),
    seal: sealOf(e, mode),
    trustListFile: e.TRUST_LIST_FILE,
    remoteSignature:
      e.REMOTE_SIGNATURE_URL && e.REMOTE_SIGNATURE_CLIENT_ID && e.REMOTE_SIGNATURE_CLIENT_SECRET
        ? {
            url: e.REMOTE_SIGNATURE_URL,
            clientId: e.REMOTE_SIGNATURE_CLIENT_ID,
            clientSecret: e.REMOTE_SIGNATURE_CLIENT_SECRET,
          }
        : undefined,
    trustedLists:
      e.LOTL_URL && e.LOTL_CERTIFICATES_FILE
        ? {
            address: e.LOTL_URL,
            certificatesFile: e.LOTL_CERTIFICATES_FILE,
            territories: e.LOTL_TERRITORIES.map((t) => t.toUpperCase()),
          }
        : undefined,
    businessRegisterUrl: e.BUSINESS_REGISTER_URL?.replace(/\/+$/, ""),
    mail: { smtpUrl: e.SMTP_URL, from: e.MAIL_FROM, pecFrom: e.PEC_FROM },
    s3: e.S3_BUCKET
      ? {
          endpoint: e.S3_ENDPOINT,
          region: e.S3_REGION,
          bucket: e.S3_BUCKET,
          accessKeyId: e.S3_ACCESS_KEY_ID,
          secretAccessKey: e.S3_SECRET_ACCESS_KEY,
        }
      : undefined,
    limits: {
      loginsPerMinute: e.LOGIN_RATE_LIMIT,
      requestsPerMinute: e.REQUEST_RATE_LIMIT ?? Math.max(1200, e.LOGIN_RATE_LIMIT * 4),
      /** Uploads in memory at once, those that may wait for it, and how long. */
      uploads: { bytes: e.UPLOAD_MEMORY_MB * 1024 * 1024, waiting: 200, milliseconds: 45_000 },
    },
    trustProxy: /^(true|false)$/.test(e.TRUST_PROXY)
      ? e.TRUST_PROXY === "true"
      : /^\d+$/.test(e.TRUST_PROXY)
        ? Number(e.TRUST_PROXY)
        : e.TRUST_PROXY,
    supportEmail: e.SUPPORT_EMAIL ?? e.SPID_CONTACT_EMAIL,
    recovery: { days: e.RECOVERY_DAYS, silentDays: e.RECOVERY_SILENT_DAYS },
    session: { idleMinutes: e.SESSION_IDLE_MINUTES, hours: e.SESSION_HOURS },
    logLevel: e.LOG_LEVEL,
    devLinks: e.DEV_LINKS
      ? (JSON.parse(e.DEV_LINKS) as { people: { name: string; note: string }[]; mailbox: string; signingDesk: string })
      : undefined,
  };
};
