import { randomBytes } from "node:crypto";
import * as oauth from "openid-client";
import { z } from "zod";
import { algorithms, Details, openService, RemoteProblem, type ServiceSettings, Signed, sha256 } from "./csc.ts";

export { RemoteProblem } from "./csc.ts";
export { type Prepared, preparePades } from "./pades.ts";
export { keySeal, remoteSeal, type Seal, sealFile } from "./seal.ts";

/*
 * A remote signature service, as the Cloud Signature Consortium describes it (CSC API 2.0.0.2): the person proves who they
 * are to the service, twice: to let us see their certificate (scope `service`), and to let this one digest be signed (scope
 * `credential`). Keys, PIN and codes never pass here.
 */

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

const namePatience = 1_500;
const nameKept = 10 * 60_000;
const silenceKept = 15_000;
const mostCredentials = 10;

const Info = z.object({ name: z.string().max(200).optional() });
const List = z.object({ credentialIDs: z.array(z.string().min(1).max(300)).max(100) });

export const remoteSignature = (settings: ServiceSettings): RemoteSignature => {
  const { base, configuration, call } = openService(settings);

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
