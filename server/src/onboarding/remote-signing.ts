import { createHash, randomBytes } from "node:crypto";
import { type FileAnswer, isProblem, LinkReading, Problem } from "@area/api";
import type { Signable } from "../agreements/index.ts";
import { signLandingPage } from "../pages/index.ts";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Handler, Invoke } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { type Credential, holderOf, preparePades, RemoteProblem, samePerson } from "../ports/signature/index.ts";
import { readAll } from "../ports/storage/index.ts";
import * as remoteStore from "./remote-store.ts";
import * as store from "./store.ts";
import { SIGN } from "./tokens.ts";

/*
 * Signing inside the portal (CSC API 2.0.0.2): from the mailed link to the signature service and back, twice. The document
 * never leaves: the service signs a digest. What comes out is a file like the uploaded ones, and takes their road: the same
 * check, the same transaction. Nothing happens to the request until then, and the upload stays for whoever prefers it.
 */
const MINUTES = 15;
const RETURN = "/firma-remota/ritorno";

type Step =
  | { step: "service"; token: string; verifier: string }
  | {
      step: "credential";
      token: string;
      verifier: string;
      service: string;
      credential: { id: string; algorithm: string; chain: string[] };
      at: string;
    };

const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
const cookieName = (secure: boolean) => (secure ? "__Host-ar_signature" : "ar_signature");
const codes = {
  unavailable: "remote-signature-unavailable",
  refused: "remote-signature-refused",
  "without-certificate": "remote-signature-without-certificate",
} as const;

export const remoteSigning = (
  parts: Parts,
  links: { read: Handler; document: Handler; upload: Handler },
  invoke: Invoke,
  signables: Record<string, Signable>,
  /** What follows an upload: the page of the signed agreement, or of what is wrong with it. */
  uploaded: (request: PageRequest, token: string, file: { name: string; bytes: Buffer }) => Promise<PageAnswer>,
): Page[] => {
  const { config, cipher, database, clock, ports, log } = parts;
  const service = ports.remoteSignature;
  if (!service) return [];
  const returnTo = `${config.publicUrl}${RETURN}`;

  const readLink = async (request: PageRequest, token: string): Promise<LinkReading> =>
    LinkReading.parse(
      (await invoke(links.read, { params: {}, query: {}, body: { token }, traceId: request.traceId })).result,
    );

  /** Back where it began, with what went wrong said on top; nothing was consumed. */
  const landing = async (request: PageRequest, token: string, problem: Problem): Promise<PageAnswer> => ({
    status: problem.status,
    html: signLandingPage({
      language: request.language,
      path: `/accordo/${encodeURIComponent(token)}`,
      reading: await readLink(request, token),
      token,
      remote: await service.name().catch(() => null),
      problem: { code: problem.code, facts: problem.facts },
    }),
  });
  const problemOf = (error: unknown, traceId: string): Problem => {
    if (isProblem(error)) return error;
    if (!(error instanceof RemoteProblem)) throw error;
    log.warn({ traceId, error: error.message }, "the remote signature did not go on");
    return new Problem(codes[error.why]);
  };

  const purposes = [SIGN, ...Object.keys(signables)];
  const claimsOf = (token: string) => {
    for (const purpose of purposes) {
      const claims = cipher.readToken(token, purpose);
      if (claims) return { id: claims.id, purpose };
    }
    return null;
  };

  const keep = async (subjectId: string, browser: string, state: string, step: Step): Promise<void> => {
    const at = clock();
    await database.asSystem(({ db }) =>
      remoteStore.remember(db, {
        stateHash: hashOf(state),
        browserHash: hashOf(browser),
        subjectId,
        secrets: cipher.seal(JSON.stringify(step)),
        at,
        expiresAt: new Date(at.getTime() + MINUTES * 60_000),
      }),
    );
  };

  const begin = async (request: PageRequest): Promise<PageAnswer> => {
    const token = request.params["token"] ?? "";
    const reading = await readLink(request, token);
    const claims = claimsOf(token);
    if (reading.purpose !== "sign" || !claims) throw new Problem("link-invalid");
    if (reading.state !== "awaiting-signature" || !reading.agreement)
      return { redirect: `/accordo/${encodeURIComponent(token)}` };
    const known = request.cookies[cookieName(config.secure)];
    const browser = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
    const asking = await service.askService(returnTo);
    await keep(claims.id, browser, asking.state, { step: "service", token, verifier: asking.verifier });
    return {
      redirect: asking.address,
      cookies: [{ name: cookieName(config.secure), value: browser, sameSite: "Lax", maxAge: MINUTES * 60 }],
    };
  };

  const issuedBytes = async (request: PageRequest, token: string): Promise<{ name: string; bytes: Buffer }> => {
    const answer = (await invoke(links.document, { params: {}, query: {}, body: { token }, traceId: request.traceId }))
      .result as FileAnswer;
    const bytes =
      answer.bytes instanceof Uint8Array
        ? Buffer.from(answer.bytes)
        : await readAll({ bytes: answer.bytes, length: answer.length ?? 0 });
    return { name: answer.name, bytes };
  };

  const expectedOf = (token: string): Promise<{ name: string; fiscalCode: string }> =>
    database.asSystem(async ({ db }) => {
      const claims = claimsOf(token);
      const other = claims && signables[claims.purpose] ? await signables[claims.purpose]!.find(db, claims.id) : null;
      if (other) return other.signer;
      const o = claims ? await store.onboarding(db, claims.id) : undefined;
      return {
        name: [o?.manager_given_name, o?.manager_family_name].filter(Boolean).join(" "),
        fiscalCode: o?.manager_fiscal_code ? cipher.open(o.manager_fiscal_code) : "",
      };
    });
  /** The credential of whoever is to sign; somebody else's would only be refused after a PIN. */
  const credentialOf = async (token: string, found: Credential[]): Promise<Credential> => {
    const expected = await expectedOf(token);
    const holders = found.map((credential) => ({ credential, holder: holderOf(credential.chain[0] as Uint8Array) }));
    const own = holders.find(({ holder }) => holder.fiscalCode && samePerson(holder.fiscalCode, expected.fiscalCode));
    if (own) return own.credential;
    throw new Problem("signer-not-legal-representative", {
      signer: holders[0]?.holder.name ?? "",
      expected: expected.name,
    });
  };

  const comeBack = async (request: PageRequest): Promise<PageAnswer> => {
    const state = request.query["state"] ?? "";
    const browser = request.cookies[cookieName(config.secure)] ?? "";
    const row = await database.asSystem(({ db }) => remoteStore.take(db, hashOf(state), clock()));
    // Another browser's answer, one that was used, or too late: whose it was is not told.
    if (!row || !hashOf(browser).equals(row.browser_hash)) throw new Problem("remote-signature-expired");
    const step = JSON.parse(cipher.open(row.secrets)) as Step;
    const { token } = step;
    try {
      const returned = new URL(request.path, config.publicUrl);
      const given = await service.token(returned, { state, verifier: step.verifier });
      if (step.step === "service") {
        const credential = await credentialOf(token, await service.credentials(given));
        const at = clock();
        const { bytes } = await issuedBytes(request, token);
        const { hash } = await preparePades(bytes, credential.chain, at);
        const asking = await service.askCredential(returnTo, credential, hash);
        await keep(row.subject_id, browser, asking.state, {
          step: "credential",
          token,
          verifier: asking.verifier,
          service: given,
          credential: {
            id: credential.id,
            algorithm: credential.algorithm,
            chain: credential.chain.map((one) => Buffer.from(one).toString("base64")),
          },
          at: at.toISOString(),
        });
        return { redirect: asking.address };
      }
      const credential = {
        ...step.credential,
        chain: step.credential.chain.map((one) => new Uint8Array(Buffer.from(one, "base64"))),
      };
      const { name, bytes } = await issuedBytes(request, token);
      const prepared = await preparePades(bytes, credential.chain, new Date(step.at));
      const value = await service.sign({ service: step.service, sad: given }, credential, prepared.hash);
      const signed = Buffer.from(prepared.complete(value));
      return await uploaded(request, token, { name: name.replace(/\.pdf$/, "-firmato.pdf"), bytes: signed });
    } catch (error) {
      return landing(request, token, problemOf(error, request.traceId));
    }
  };

  return [
    { method: "GET", path: "/accordo/:token/firma", ownHost: true, answer: begin },
    { method: "GET", path: RETURN, answer: comeBack },
  ];
};
