import * as http from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate, type TLSSocket, connect as tlsConnect } from "node:tls";
import type { ProbeLine, ProbeStep } from "@area/api";
import { OutsideError, type OutsideSettings, reachableAddresses } from "./index.ts";

/*
 * Trying an address that somebody else wrote, step by step, so that each says what it found: the same guard as for asking
 * (the name is resolved once and the connection goes to the very address that was looked at; nothing inside; no redirection
 * followed), and one clock for all of it. Of the answer only the head is read.
 */
export type Probe = (url: string, options: { lenientChain: boolean; now: Date }) => Promise<ProbeLine[]>;

export const PROBE_MILLISECONDS = 5_000;
const SOON_DAYS = 30;
const ORDER: readonly ProbeStep[] = ["address", "name", "connection", "tls", "certificate", "expiry", "answer"];

class Stopped extends Error {
  constructor(
    readonly why: string,
    readonly facts: Record<string, string> = {},
  ) {
    super(why);
  }
}
type Found = { why?: string | null; facts?: Record<string, string>; warning?: boolean };

const within = <T>(
  signal: AbortSignal,
  work: (done: (value: T) => void, failed: (error: Error) => void) => () => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    let undo = (): void => undefined;
    const over = () => {
      undo();
      reject(new Stopped("too-slow"));
    };
    if (signal.aborted) return over();
    signal.addEventListener("abort", over, { once: true });
    const end = () => signal.removeEventListener("abort", over);
    undo = work(
      (value) => {
        end();
        resolve(value);
      },
      (error) => {
        end();
        reject(error);
      },
    );
  });

const codeOf = (error: Error): string => (error as NodeJS.ErrnoException).code ?? "";

// One socket from the first step to the last: a TLS one over another's would have two ends to let go of.
const reach = (signal: AbortSignal, open: () => Socket): Promise<Socket> =>
  within(signal, (done, failed) => {
    const socket = open();
    // Whatever it says once nobody listens any more must not end the process.
    socket.on("error", () => undefined);
    socket.once("connect", () => done(socket));
    socket.once("error", (e) =>
      failed(new Stopped(codeOf(e) === "ECONNREFUSED" ? "connection-refused" : "not-reached")),
    );
    return () => socket.destroy();
  });

const shake = (signal: AbortSignal, socket: TLSSocket): Promise<TLSSocket> =>
  within(signal, (done, failed) => {
    socket.once("secureConnect", () => done(socket));
    socket.once("error", (e) => failed(new Stopped("tls-refused", { code: codeOf(e) })));
    socket.once("close", () => failed(new Stopped("tls-refused")));
    return () => socket.destroy();
  });

const head = (signal: AbortSignal, socket: Socket, url: URL): Promise<{ status: number; location: string | null }> =>
  within(signal, (done, failed) => {
    const asked = http.request({
      createConnection: () => socket,
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, "user-agent": "area-riservata", connection: "close" },
      maxHeaderSize: 16_384,
    });
    asked.once("response", (answer) => {
      done({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null });
      asked.destroy();
    });
    asked.once("error", () => failed(new Stopped("no-answer")));
    asked.end();
    return () => asked.destroy();
  });

// Verdicts of OpenSSL about the chain alone; names and dates have steps of their own.
const ofNamesOrDates = new Set([
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "HOSTNAME_MISMATCH",
]);
const chainWhy = (code: string): string =>
  code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" || code === "UNABLE_TO_GET_ISSUER_CERT"
    ? "chain-incomplete"
    : /SELF_SIGNED/.test(code)
      ? "chain-self-signed"
      : "chain-untrusted";

const meaning = (status: number, location: string | null): Found => {
  const facts = { status: String(status), ...(location ? { location: location.slice(0, 200) } : {}) };
  if (status >= 300 && status < 400) throw new Stopped("redirected", facts);
  if (status === 401 || status === 403) throw new Stopped("not-admitted", facts);
  if (status === 404) return { why: "not-found", facts, warning: true };
  // A service that wants a message answers 400, 405 or 415 to who only looks: it is there.
  if (status >= 500) return { why: "server-error", facts, warning: true };
  return { why: null, facts };
};

export const openProbe =
  (settings: OutsideSettings & { ca?: string[]; milliseconds?: number }): Probe =>
  async (address, { lenientChain, now }) => {
    const lines: ProbeLine[] = [];
    const signal = AbortSignal.timeout(settings.milliseconds ?? PROBE_MILLISECONDS);
    let channel: Socket | undefined;
    const step = async <T extends Found>(name: ProbeStep, work: () => Promise<T> | T): Promise<T> => {
      const began = performance.now();
      const add = (outcome: ProbeLine["outcome"], why: string | null, facts: Record<string, string>) =>
        lines.push({ step: name, outcome, why, facts, milliseconds: Math.round(performance.now() - began) });
      try {
        const found = await work();
        add(found.warning ? "warning" : "passed", found.why ?? null, found.facts ?? {});
        return found;
      } catch (error) {
        const stopped =
          error instanceof Stopped
            ? error
            : error instanceof OutsideError
              ? new Stopped(error.why)
              : new Stopped("not-reached");
        add("failed", stopped.why, stopped.facts);
        throw stopped;
      }
    };
    const skip = (...names: ProbeStep[]) => {
      for (const name of names)
        lines.push({ step: name, outcome: "skipped", why: "plain-http", facts: {}, milliseconds: 0 });
    };
    try {
      const { url } = await step("address", () => {
        const parsed = URL.canParse(address) ? new URL(address) : null;
        if (!parsed || !["http:", "https:"].includes(parsed.protocol) || parsed.username || parsed.password)
          throw new Stopped("address-invalid");
        return { url: parsed, facts: { host: parsed.host } };
      });
      const secure = url.protocol === "https:";
      const hostname = url.hostname.replace(/^\[|\]$/g, "");
      const { first } = await step("name", async () => {
        const addresses = await within<string[]>(signal, (done, failed) => {
          reachableAddresses(hostname, settings).then(done, failed);
          return () => undefined;
        });
        return { first: addresses[0]!, facts: { addresses: String(addresses.length) } };
      });
      const port = Number(url.port) || (secure ? 443 : 80);
      const opening = (): Socket =>
        secure
          ? tlsConnect({
              host: first,
              port,
              ...(isIP(hostname) ? {} : { servername: hostname }),
              ...(settings.ca ? { ca: settings.ca } : {}),
              // Looked at, not trusted: what is wrong is said in its own step.
              rejectUnauthorized: false,
              minVersion: "TLSv1",
              ALPNProtocols: ["http/1.1"],
            })
          : connect({ host: first, port });
      const { socket } = await step("connection", async () => {
        const made = await reach(signal, opening);
        channel = made;
        return { socket: made, facts: {} };
      });
      if (secure) {
        const { tls } = await step("tls", async () => {
          const made = await shake(signal, socket as TLSSocket);
          const version = made.getProtocol() ?? "?";
          if (version !== "TLSv1.2" && version !== "TLSv1.3") throw new Stopped("version-old", { version });
          const verdict = made.authorizationError
            ? String((made.authorizationError as Error & { code?: string }).code ?? made.authorizationError)
            : null;
          if (verdict && !ofNamesOrDates.has(verdict)) {
            if (!lenientChain) throw new Stopped(chainWhy(verdict), { version });
            return { tls: made, why: chainWhy(verdict), facts: { version }, warning: true };
          }
          return { tls: made, facts: { version } };
        });
        const certificate: PeerCertificate = tls.getPeerCertificate();
        await step("certificate", () => {
          const names = (certificate.subjectaltname ?? "")
            .split(", ")
            .map((n) => n.replace(/^[A-Za-z ]+:/, ""))
            .slice(0, 8)
            .join(", ");
          if (checkServerIdentity(hostname, certificate)) throw new Stopped("name-differs", { names, host: hostname });
          return { facts: { names } };
        });
        await step("expiry", () => {
          const [from, until] = [new Date(certificate.valid_from), new Date(certificate.valid_to)];
          const facts = { until: until.toISOString() };
          if (until <= now) throw new Stopped("expired", facts);
          if (from > now) throw new Stopped("not-yet-valid", { from: from.toISOString() });
          return until.getTime() - now.getTime() < SOON_DAYS * 86_400_000
            ? { why: "expires-soon", facts, warning: true }
            : { facts };
        });
      } else skip("tls", "certificate", "expiry");
      await step("answer", async () => {
        const { status, location } = await head(signal, socket, url);
        return meaning(status, location);
      });
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      channel?.destroy();
    }
    const reached = new Set(lines.map((l) => l.step));
    for (const name of ORDER)
      if (!reached.has(name))
        lines.push({ step: name, outcome: "skipped", why: "not-reached-yet", facts: {}, milliseconds: 0 });
    return lines;
  };
