import { constants, createPrivateKey, privateEncrypt, X509Certificate } from "node:crypto";
import * as oauth from "openid-client";
import { z } from "zod";
import { readCertificate } from "../certificate.ts";
import { unwrap } from "../unwrap.ts";
import { algorithms, Details, openService, RemoteProblem, type ServiceSettings, Signed, sha256 } from "./csc.ts";
import { preparePades } from "./pades.ts";
import { prepareCades } from "./signed-data.ts";

/*
 * The company's seal (eIDAS, art. 35): applied by the server, over a file that a person signed. In production its key is at a
 * signature service (CSC API 2.0.0.2, 8.4.4 and 11.6: the client's own token, a PIN for each digest); in development a file.
 */
export interface Seal {
  /** Who seals: the certificate and those above it, in DER. */
  credential(): Promise<{ name: string; chain: Uint8Array[] }>;
  /** The value over a SHA-256. Throws when the service does not answer: whoever asks tries again. */
  sign(hash: Uint8Array): Promise<Uint8Array>;
}

/** A digest is signed as it is: PKCS #1 v1.5 wraps it into DigestInfo (RFC 8017, 9.2). */
const digestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** A key in a file (RSA, PEM), with its certificate and those above it: for development and tests. */
export const keySeal = (keyPem: string, certificatesPem: string): Seal => {
  const key = createPrivateKey(keyPem);
  const blocks = certificatesPem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const chain = blocks.map((one) => new Uint8Array(new X509Certificate(one).raw));
  const [own] = chain;
  if (!own || key.asymmetricKeyType !== "rsa") throw new Error("a seal needs an RSA key and its certificate, in PEM");
  const { name } = readCertificate(own);
  return {
    credential: async () => ({ name, chain }),
    sign: async (hash) =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([digestInfo, hash])),
  };
};

export interface RemoteSealSettings extends ServiceSettings {
  credentialId: string;
  pin: string;
}
const Authorized = z.object({ SAD: z.string().min(1).max(10_000) });

/** A seal whose key is at a signature service. */
export const remoteSeal = (settings: RemoteSealSettings): Seal => {
  const { configuration, call } = openService(settings);
  const token = async (): Promise<string> => {
    try {
      return (await oauth.clientCredentialsGrant(configuration, { scope: "service" })).access_token;
    } catch (problem) {
      const said = problem instanceof oauth.ResponseBodyError;
      throw new RemoteProblem(said ? "refused" : "unavailable", problem instanceof Error ? problem.message : "?");
    }
  };
  const credentialID = settings.credentialId;
  const details = async (service: string) => {
    const { key, cert } = await call(
      "credentials/info",
      { credentialID, certificates: "chain", certInfo: true, authInfo: true },
      Details,
      service,
    );
    const algorithm = algorithms.find((one) => key.algo.includes(one));
    if (key.status !== "enabled" || (cert.status ?? "valid") !== "valid" || !algorithm)
      throw new RemoteProblem("without-certificate", "the seal’s credential does not sign");
    const chain = cert.certificates.map((one) => new Uint8Array(Buffer.from(one, "base64")));
    return { algorithm, chain };
  };
  return {
    credential: async () => {
      const { chain } = await details(await token());
      return { name: readCertificate(chain[0] as Uint8Array).name, chain };
    },
    sign: async (hash) => {
      const service = await token();
      const { algorithm } = await details(service);
      const hashes = [Buffer.from(hash).toString("base64")];
      const { SAD } = await call(
        "credentials/authorize",
        {
          credentialID,
          numSignatures: 1,
          hashes,
          hashAlgorithmOID: sha256,
          authData: [{ id: "PIN", value: settings.pin }],
        },
        Authorized,
        service,
      );
      const { signatures } = await call(
        "signatures/signHash",
        { credentialID, hashes, hashAlgorithmOID: sha256, signAlgo: algorithm, operationMode: "S", SAD },
        Signed,
        service,
      );
      return Buffer.from(signatures[0] as string, "base64");
    },
  };
};

/**
 * Seals a signed file so that what was signed stays as it is: a PDF as an incremental update, whose beginning is the file; a
 * CAdES file, or a PDF that cannot be continued (`around`), inside a new envelope.
 */
export const sealFile = async (
  seal: Seal,
  file: Uint8Array,
  form: "CAdES" | "PAdES",
  at: Date,
  around = form === "CAdES",
): Promise<{ bytes: Buffer; form: "CAdES" | "PAdES"; name: string; certificate: Uint8Array }> => {
  const { name, chain } = await seal.credential();
  const prepared = around
    ? prepareCades(form === "CAdES" ? (unwrap(file) ?? file) : file, chain, at)
    : await preparePades(file, chain, at);
  return {
    bytes: Buffer.from(prepared.complete(await seal.sign(prepared.hash))),
    form: around ? "CAdES" : "PAdES",
    name,
    certificate: chain[0] as Uint8Array,
  };
};
