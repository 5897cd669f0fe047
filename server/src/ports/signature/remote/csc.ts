import * as oauth from "openid-client";
import { z } from "zod";

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

export interface ServiceSettings {
  /** The base address of the service: `/csc/v2` and `/oauth2` stand below it. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** Plain http: for development alone. */
  insecure: boolean;
}

const timeout = 10_000;
export const sha256 = "2.16.840.1.101.3.4.2.1";
/** RSA and ECDSA with SHA-256, or RSA alone with the hash named beside it. */
export const algorithms = ["1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "1.2.840.113549.1.1.1"];

export const Details = z.object({
  key: z.object({ status: z.string(), algo: z.array(z.string()).max(50) }),
  cert: z.object({ status: z.string().optional(), certificates: z.array(z.base64().max(20_000)).min(1).max(10) }),
});
export const Signed = z.object({ signatures: z.array(z.base64().max(10_000)).length(1) });

/** One service: how it is asked, and by which OAuth. */
export const openService = (settings: ServiceSettings) => {
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

  return { base, configuration, call };
};
