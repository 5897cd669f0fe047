import { lookup as systemLookup } from "node:dns/promises";
import * as http from "node:http";
import * as https from "node:https";
import { isIP } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./addresses.ts";

export { isLoopbackAddress, isPublicAddress } from "./addresses.ts";

/*
 * Asking an address that somebody else wrote: a certificate, a setting, a trusted list. It reaches the public internet and
 * nothing of ours (OWASP, Server-Side Request Forgery Prevention): the name is resolved here, once, and the connection goes
 * to the very address that was looked at; redirections are not followed; time and size have an end.
 */

export interface OutsideRequest {
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** From the first step to the last byte, in milliseconds. */
  timeout: number;
  /** What is longer is not read. */
  maxBytes: number;
}

export interface OutsideAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Uint8Array;
}

export type OutsideFailure =
  | "address-invalid"
  | "name-unknown"
  | "address-refused"
  | "not-reached"
  | "too-slow"
  | "too-large"
  | "redirected";

/** Why nothing came back. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
  constructor(
    readonly why: OutsideFailure,
    detail: string,
  ) {
    super(`${why}: ${detail}`);
  }
}

export interface Outside {
  ask(request: OutsideRequest): Promise<OutsideAnswer>;
}

export interface OutsideSettings {
  /** Development alone: our own machine counts as outside. */
  loopback: boolean;
  /** How names become addresses; for tests. */
  resolve?: (name: string) => Promise<string[]>;
}

const resolveBySystem = async (name: string): Promise<string[]> =>
  (await systemLookup(name, { all: true, verbatim: true })).map(({ address }) => address);

/** The addresses of a host that may be reached; a single one that may not refuses them all: such a name is a trap. */
export const reachableAddresses = async (hostname: string, settings: OutsideSettings): Promise<string[]> => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(bare)
    ? [bare]
    : await (settings.resolve ?? resolveBySystem)(bare).catch(() => {
        throw new OutsideError("name-unknown", bare);
      });
  if (addresses.length === 0) throw new OutsideError("name-unknown", bare);
  const refused = addresses.find((one) => !isPublicAddress(one) && !(settings.loopback && isLoopbackAddress(one)));
  if (refused) throw new OutsideError("address-refused", `${bare} is ${refused}`);
  return addresses;
};

const parsed = (url: string): URL => {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !["http:", "https:"].includes(address.protocol) || address.username || address.password)
    throw new OutsideError("address-invalid", url.slice(0, 200));
  return address;
};

const exchange = (
  url: URL,
  address: string,
  { method = "GET", headers = {}, body, maxBytes }: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer> =>
  new Promise((resolve, reject) => {
    const { request } = url.protocol === "https:" ? https : http;
    const family = isIP(address);
    const asked = request(
      url,
      {
        method,
        headers: { "user-agent": "area-riservata", ...headers, ...(body ? { "content-length": body.length } : {}) },
        agent: false,
        signal,
        maxHeaderSize: 16_384,
        // The address that was looked at, and no other: a second answer of the name server changes nothing.
        lookup: (_name, options, found) =>
          options.all ? found(null, [{ address, family }]) : found(null, address, family),
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400) {
          asked.destroy();
          return reject(new OutsideError("redirected", url.host));
        }
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length > maxBytes) {
            asked.destroy();
            reject(new OutsideError("too-large", url.host));
          } else chunks.push(chunk);
        });
        answer.on("end", () => resolve({ status, headers: answer.headers, bytes: Buffer.concat(chunks, length) }));
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });

/**
 * Asks once.
 * @throws OutsideError whatever keeps an answer from coming: a name that leads inside, a redirection, time, size.
 */
export const openOutside = (settings: OutsideSettings): Outside => ({
  ask: async (request) => {
    const url = parsed(request.url);
    const signal = AbortSignal.timeout(request.timeout);
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new OutsideError("too-slow", url.host)), { once: true });
    });
    const work = async (): Promise<OutsideAnswer> => {
      const [address] = await reachableAddresses(url.hostname, settings);
      return exchange(url, address as string, request, signal);
    };
    return Promise.race([work(), late]).catch((problem: unknown) => {
      if (problem instanceof OutsideError) throw problem;
      if (signal.aborted) throw new OutsideError("too-slow", url.host);
      throw new OutsideError("not-reached", `${url.host}: ${problem instanceof Error ? problem.message : "?"}`);
    });
  },
});
