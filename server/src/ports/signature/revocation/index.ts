import { createHash } from "node:crypto";
import type { Outside } from "../../outside/index.ts";
import { readCertificate } from "../certificate.ts";
import { type AnswerContext, listBytes, ocspRequest, type RevocationAnswer, readCrl, readOcsp } from "./answers.ts";

/** What was asked and answered, as a proof keeps it. Plain data. */
export interface CertificateStatus {
  state: "good" | "revoked" | "unknown" | "not-asked";
  since?: Date;
  reason?: number;
  source?: "ocsp" | "crl";
  address?: string;
  /** The answer as it came: DER of an OCSP response, or of a list. */
  answer?: Uint8Array;
  thisUpdate?: Date;
  nextUpdate?: Date;
  /** Why nothing is known, for the log. */
  tried?: string[];
}

export interface CertificateStatuses {
  /** The state of a certificate, asked of its issuer. Both in DER. Never throws. */
  of(certificate: Uint8Array, issuer: Uint8Array, now: Date): Promise<CertificateStatus>;
}

export interface StatusLimits {
  /** Milliseconds for one question, and bytes of one answer. */
  ocsp: { timeout: number; maxBytes: number };
  crl: { timeout: number; maxBytes: number };
}

const usual: StatusLimits = {
  ocsp: { timeout: 5_000, maxBytes: 64 * 1024 },
  crl: { timeout: 15_000, maxBytes: 25 * 1024 * 1024 },
};

/** Whoever asks the doctor and then sends the file does not wait twice. */
const keptFor = 3 * 60_000;
const mostKept = 500;

/**
 * Asks OCSP first, then the list, each at the addresses that the certificate itself names, as long as something usable comes.
 * Only certificates that climb to somebody we trust should get here: their issuer wrote those addresses.
 */
export const certificateStatuses = (outside: Outside, limits: StatusLimits = usual): CertificateStatuses => {
  const kept = new Map<string, { until: number; status: Promise<CertificateStatus> }>();

  const askOcsp = async (address: string, context: AnswerContext): Promise<CertificateStatus> => {
    const { bytes, nonce } = ocspRequest(context.certificate, context.issuer);
    const { status, bytes: answer } = await outside.ask({
      url: address,
      method: "POST",
      headers: { "content-type": "application/ocsp-request", accept: "application/ocsp-response" },
      body: bytes,
      ...limits.ocsp,
    });
    if (status !== 200) throw new Error(`status ${status}`);
    return told(readOcsp(answer, nonce, context), "ocsp", address, answer);
  };
  const askList = async (address: string, context: AnswerContext): Promise<CertificateStatus> => {
    const { status, bytes } = await outside.ask({ url: address, ...limits.crl });
    if (status !== 200) throw new Error(`status ${status}`);
    return told(readCrl(bytes, context), "crl", address, listBytes(bytes));
  };
  const told = (
    answer: RevocationAnswer,
    source: "ocsp" | "crl",
    address: string,
    bytes: Uint8Array,
  ): CertificateStatus => ({ ...answer, source, address, answer: bytes });

  const ask = async (context: AnswerContext): Promise<CertificateStatus> => {
    const { certificate } = context;
    if (certificate.ocspAddresses.length === 0 && certificate.crlAddresses.length === 0)
      return { state: "unknown", tried: ["the certificate names nobody to ask"] };
    const tried: string[] = [];
    const ways = [
      ...certificate.ocspAddresses.map((address) => [address, askOcsp] as const),
      ...certificate.crlAddresses.map((address) => [address, askList] as const),
    ];
    for (const [address, way] of ways)
      try {
        return await way(address, context);
      } catch (problem) {
        tried.push(`${address}: ${problem instanceof Error ? problem.message : String(problem)}`);
      }
    return { state: "unknown", tried };
  };

  return {
    of: async (certificateDer, issuerDer, now) => {
      let context: AnswerContext;
      try {
        context = { certificate: readCertificate(certificateDer), issuer: readCertificate(issuerDer), now };
      } catch {
        return { state: "unknown", tried: ["unreadable"] };
      }
      // Gone before anybody could revoke it (ETSI EN 319 412-1, 5.2), or made to answer itself (RFC 6960, 4.2.2.2.1).
      if (context.certificate.validityAssured || context.certificate.ocspNoCheck) return { state: "not-asked" };
      const key = createHash("sha256").update(certificateDer).update(issuerDer).digest("base64");
      const before = kept.get(key);
      if (before && before.until > now.getTime()) return before.status;
      const status = ask(context);
      kept.delete(key);
      kept.set(key, { until: now.getTime() + keptFor, status });
      if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
      // What was not learnt is asked again.
      if ((await status).state === "unknown") kept.delete(key);
      return status;
    },
  };
};
