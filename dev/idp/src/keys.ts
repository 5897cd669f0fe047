import "reflect-metadata";
import { randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

export interface SigningKey {
  privateKey: string;
  certificate: string;
}

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const DAY = 86_400_000;

/** The key lives in one file, so that key and certificate can never disagree; made at the first run, never shipped. */
export async function loadOrMakeKey(dataDir: string): Promise<SigningKey> {
  const file = join(dataDir, "idp-signing.pem");
  if (existsSync(file)) {
    const kept = splitPem(readFileSync(file, "utf8"));
    if (kept && Date.parse(new X509Certificate(kept.certificate).validTo) > Date.now() + 30 * DAY) return kept;
  }
  const made = await makeKey();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(temporary, `${made.privateKey}${made.certificate}\n`, { mode: 0o600 });
  renameSync(temporary, file);
  return made;
}

/** The organisation's name tells a service provider in production to refuse this certificate. */
export async function makeKey(): Promise<SigningKey> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=IdP di prova,O=DEV IdP,C=IT",
      keys,
      signingAlgorithm: ALGORITHM,
      serialNumber: `01${randomBytes(8).toString("hex")}`,
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + 5 * 365 * DAY),
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      ],
    },
    webcrypto as Crypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const lines = pkcs8.toString("base64").match(/.{1,64}/g) ?? [];
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`;
  return { privateKey, certificate: certificate.toString("pem") };
}

function splitPem(text: string): SigningKey | undefined {
  const [privateKey, certificate] = ["PRIVATE KEY", "CERTIFICATE"].map(
    (label) => text.match(new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----\n?`))?.[0],
  );
  return privateKey && certificate ? { privateKey, certificate } : undefined;
}

export function certificateBody(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, "");
}
