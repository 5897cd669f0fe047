import { lookup } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";

export type Answer = { status: number; mediaType: string; body: string };
export type Question = {
  url: string;
  /** A form to post; a question without one is a GET. */
  form?: Record<string, string>;
  headers?: Record<string, string>;
  /** Bytes at most; what is longer is cut off and refused. */
  largest: number;
};
/** How we ask something outside: bounded in time, size and redirects. Handed in, so that tests need no network. */
export type Reach = (question: Question) => Promise<Answer>;

const TIMEOUT = 5_000;
const MOST_REDIRECTS = 3;

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(net, bits, "ipv6");

/** An address of this machine or of a private network: what a stranger must not make us ask. */
export const isInside = (address: string): boolean => inside.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/** https to a public host without a name and password in it; development may also use plain http and its own machine. */
export const isOutsideAddress = (text: string, strict: boolean): boolean => {
  if (text.length > 2048 || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  if (!strict) return url.protocol === "https:" || url.protocol === "http:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "https:" || /(^|\.)(localhost|local|internal|test)$/i.test(host)) return false;
  return isIP(host) ? !isInside(host) : host.includes(".");
};

/** The name is resolved once, and what it resolves to is what is called: a name that changes its mind gains nothing. */
const outsideLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const [first] = addresses;
    if (!first || addresses.some((a) => isInside(a.address)))
      return callback(new Error(`${hostname} is inside a private network`), "", 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });

export const reachOutside =
  ({ strict }: { strict: boolean }): Reach =>
  async (question) => {
    const signal = AbortSignal.timeout(TIMEOUT);
    let url = question.url;
    for (let redirects = 0; ; redirects++) {
      if (!isOutsideAddress(url, strict)) throw new Error(`${url.slice(0, 200)} is no address to ask`);
      const response = await ask(url, question, strict, signal);
      const { statusCode: status = 0, headers } = response;
      // Only a question without a body may be sent elsewhere: a code or a token goes to one address alone.
      if (status >= 300 && status < 400 && headers.location && !question.form) {
        response.destroy();
        if (redirects >= MOST_REDIRECTS) throw new Error(`${question.url} redirects without end`);
        url = new URL(headers.location, url).href;
        continue;
      }
      const body = await read(response, question, signal);
      return { status, mediaType: (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase(), body };
    }
  };

const ask = (url: string, question: Question, strict: boolean, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const form = question.form ? new URLSearchParams(question.form).toString() : undefined;
    const request = url.startsWith("https:") ? secureRequest : plainRequest;
    const sent = request(
      url,
      {
        method: form === undefined ? "GET" : "POST",
        headers: {
          ...question.headers,
          ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        },
        signal,
        agent: false,
        ...(strict ? { lookup: outsideLookup } : {}),
      },
      resolve,
    );
    sent.on("error", reject);
    sent.end(form);
  });

const read = async (response: IncomingMessage, question: Question, signal: AbortSignal): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > question.largest) {
      response.destroy();
      throw new Error(`${question.url} answers more than ${question.largest} bytes`);
    }
    chunks.push(chunk);
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks).toString("utf8");
};
