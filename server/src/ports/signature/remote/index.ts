import { randomBytes } from "node:crypto";
import * as oauth from "openid-client";
import { z } from "zod";

export { type Prepared, preparePades } from "./pades.ts";

/*
 * A remote signature service, as the Cloud Signature Consortium describes it (CSC API 2.0.0.2): the person proves who they
 * are to the service, twice: to let us see their certificate (scope `service`), and to let this one digest be signed (scope
 * `credential`). Keys, PIN and codes never pass here.
 */

/** Why the service did not do what was asked. */
export type RemoteFailure = "unavailable" | "refused" | "without-certificate";
export class RemoteProblem extends Error {
  override readonly name = "RemoteProblem";
  constructor(
    readonly why: RemoteFailure,
    detail: string,
  ) {
    super(`${why}: ${detail}`.slice(0, 300));
  }
}

export interface Credential {
  id: string;
  /** The signer's certificate and those above it, in DER. */
  chain: Uint8Array[];
  /** As the service signs with it: the OID of the signature algorithm. */
  algorithm: string;
}

export interface Asking {
  address: string;
  state: string;
  verifier: string;
}

export interface RemoteSignature {
  /** What the service is called. */
  name(): Promise<string>;
  /** Where to send the person so that we may see their certificates. */
  askService(returnTo: string): Promise<Asking>;
  /** Where to send them so that this digest may be signed, and only this. */
  askCredential(returnTo: string, credential: Credential, hash: Uint8Array): Promise<Asking>;
  /** What came back at `returned`, turned into a token. Throws RemoteProblem. */
  token(returned: URL, asked: { state: string; verifier: string }): Promise<string>;
  /** The credentials of the person, the valid ones. Throws RemoteProblem. */
  credentials(token: string): Promise<Credential[]>;
  /** The signature value over a SHA-256; `sad` is the token of the second yes. Throws RemoteProblem. */
  sign(tokens: { service: string; sad: string }, credential: Credential, hash: Uint8Array): Promise<Uint8Array>;
}

export interface RemoteSettings {
  /** The base address of the service: `/csc/v2` and `/oauth2` stand below it. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** Plain http: for development alone. */
  insecure: boolean;
}

const timeout = 10_000;
const namePatience = 1_500;
const nameKept = 10 * 60_000;
const silenceKept = 15_000;
const mostCredentials = 10;
const sha256 = "2.16.840.1.101.3.4.2.1";
/** RSA and ECDSA with SHA-256, or RSA alone with the hash named beside it. */
const algorithms = ["1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "1.2.840.113549.1.1.1"];

const Info = z.object({ name: z.string().max(200).optional() });
const List = z.object({ credentialIDs: z.array(z.string().min(1).max(300)).max(100) });
const Details = z.object({
  key: z.object({ status: z.string(), algo: z.array(z.string()).max(50) }),
  cert: z.object({ status: z.string().optional(), certificates: z.array(z.base64().max(20_000)).min(1).max(10) }),
});
const Signed = z.object({ signatures: z.array(z.base64().max(10_000)).length(1) });

export const remoteSignature = (settings: RemoteSettings): RemoteSignature => {
  const base = settings.url.replace(/\/+$/, "");
  const configuration = new oauth.Configuration(
    {
      issuer: base,
      authorization_endpoint: `${base}/oauth2/authorize`,
      token_endpoint: `${base}/oauth2/token`,
    },
    settings.clientId,
    settings.clientSecret,
  );
  configuration.timeout = timeout / 1000;
  if (settings.insecure) oauth.allowInsecureRequests(configuration);

  const call = async <T>(
    path: string,
    body: object,
    shape: z.ZodType<T>,
    token?: string,
    patience = timeout,
  ): Promise<T> => {
    let answer: Response;
    try {
      answer = await fetch(`${base}/csc/v2/${path}`, {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(patience),
        headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      });
    } catch (problem) {
      throw new RemoteProblem("unavailable", String(problem));
    }
    const text = await answer.text();
    if (!answer.ok || text.length > 500_000)
      throw new RemoteProblem(answer.status >= 500 ? "unavailable" : "refused", `${path}: ${answer.status}`);
    const read = shape.safeParse(JSON.parse(text.startsWith("{") ? text : "{}"));
    if (!read.success) throw new RemoteProblem("unavailable", `${path}: an answer of another shape`);
    return read.data;
  };

  const ask = async (returnTo: string, parameters: Record<string, string>): Promise<Asking> => {
    const verifier = oauth.randomPKCECodeVerifier();
    const state = randomBytes(32).toString("base64url");
    const address = oauth.buildAuthorizationUrl(configuration, {
      redirect_uri: returnTo,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...parameters,
    });
    return { address: address.href, state, verifier };
  };

  // A page waits for the name: briefly, and not again while it is fresh. A service that is silent is asked again a little later.
  let told: { name: Promise<string>; until: number } | undefined;
  const name = (): Promise<string> => {
    if (told && told.until > Date.now()) return told.name;
    const asked = call("info", {}, Info, undefined, namePatience).then((info) => info.name ?? new URL(base).hostname);
    const mine = { name: asked, until: Date.now() + nameKept };
    told = mine;
    asked.catch(() => {
      mine.until = Date.now() + silenceKept;
    });
    return asked;
  };

  return {
    name,
    askService: (returnTo) => ask(returnTo, { scope: "service" }),
    askCredential: (returnTo, credential, hash) =>
      ask(returnTo, {
        scope: "credential",
        credentialID: credential.id,
        numSignatures: "1",
        hashes: Buffer.from(hash).toString("base64url"),
        hashAlgorithmOID: sha256,
      }),
    token: async (returned, { state, verifier }) => {
      try {
        const answer = await oauth.authorizationCodeGrant(configuration, returned, {
          expectedState: state,
          pkceCodeVerifier: verifier,
        });
        return answer.access_token;
      } catch (problem) {
        // The person said no, or the service did: both come back as an OAuth error.
        const said = problem instanceof oauth.AuthorizationResponseError || problem instanceof oauth.ResponseBodyError;
        throw new RemoteProblem(said ? "refused" : "unavailable", problem instanceof Error ? problem.message : "?");
      }
    },
    credentials: async (token) => {
      const { credentialIDs } = await call("credentials/list", {}, List, token);
      const found: Credential[] = [];
      for (const id of credentialIDs.slice(0, mostCredentials)) {
        const { key, cert } = await call(
          "credentials/info",
          { credentialID: id, certificates: "chain", certInfo: true, authInfo: true },
          Details,
          token,
        );
        const algorithm = algorithms.find((one) => key.algo.includes(one));
        if (key.status !== "enabled" || (cert.status ?? "valid") !== "valid" || !algorithm) continue;
        found.push({ id, chain: cert.certificates.map((one) => Buffer.from(one, "base64")), algorithm });
      }
      if (found.length === 0) throw new RemoteProblem("without-certificate", "no credential that signs");
      return found;
    },
    sign: async ({ service, sad }, credential, hash) => {
      const { signatures } = await call(
        "signatures/signHash",
        {
          credentialID: credential.id,
          hashes: [Buffer.from(hash).toString("base64")],
          hashAlgorithmOID: sha256,
          signAlgo: credential.algorithm,
          operationMode: "S",
          SAD: sad,
        },
        Signed,
        service,
      );
      return Buffer.from(signatures[0] as string, "base64");
    },
  };
};
