import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isProblem, Problem } from "@area/api";
import { searchLoginRegister } from "./identity/index.ts";
import { holderOf } from "./platform/database/lock.ts";
import type { Parts } from "./ports/index.ts";
import { importIpa, importList, listNames } from "./registries/index.ts";
import { nameFirstStaff } from "./staff/index.ts";
import { refreshTrustedLists } from "./trust/index.ts";

const LARGEST = 200 * 1024 * 1024;

/** What a command may ask of it. */
const worksOf = (parts: Parts): Record<string, (bytes: Buffer, asked: URLSearchParams) => Promise<unknown>> => ({
  "/imports/ipa": (bytes, asked) => importIpa(parts, bytes, { allowManyEnded: asked.get("allowManyEnded") === "true" }),
  ...Object.fromEntries(
    listNames.map((name) => [
      `/imports/${name}`,
      (bytes: Buffer, asked: URLSearchParams) =>
        importList(parts, name, bytes, { allowManyEnded: asked.get("allowManyEnded") === "true" }),
    ]),
  ),
  "/staff/first": async (bytes) => {
    await nameFirstStaff(parts, bytes.toString("utf8") || null);
    return {};
  },
  "/trusted-lists": () => refreshTrustedLists(parts),
  "/login-register": async (bytes) => ({ found: await searchLoginRegister(parts, bytes.toString("utf8")) }),
});

/**
 * How a command reaches the process that holds the embedded database: a door on the loopback alone, with a secret that lies
 * in the data directory, readable by its owner.
 */
export const serveControl = async (
  parts: Parts,
): Promise<{ address: { port: number; secret: string }; close(): Promise<void> }> => {
  const secret = randomBytes(32).toString("base64url");
  const works = worksOf(parts);
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    const given = Buffer.from(request.headers.authorization?.replace(/^Bearer /, "") ?? "");
    if (given.length !== secret.length || !timingSafeEqual(given, Buffer.from(secret))) return answer(401, {});
    const url = new URL(request.url ?? "/", "http://localhost");
    const work = Object.entries(works).find(([path]) => path === url.pathname)?.[1];
    if (request.method !== "POST" || !work) return answer(404, {});
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) request.destroy();
      else chunks.push(chunk);
    });
    request.on("end", () => {
      work(Buffer.concat(chunks), url.searchParams).then(
        (report) => answer(200, report),
        (error: unknown) =>
          isProblem(error)
            ? answer(422, { code: error.code, facts: error.facts })
            : answer(500, { code: "internal-error", facts: {} }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: { port: (server.address() as AddressInfo).port, secret },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Asks a work of whoever holds the embedded directory; null when nobody does, or a real PostgreSQL is in use. */
export const sendToHolder = async <T extends object>(
  environment: NodeJS.ProcessEnv,
  path: string,
  bytes: Uint8Array,
): Promise<T | null> => {
  if (environment["DATABASE_URL"]) return null;
  const holder = holderOf(environment["DATA_DIR"] ?? ".data");
  if (!holder?.control) return null;
  const response = await fetch(`http://127.0.0.1:${holder.control.port}${path}`, {
    method: "POST",
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: { authorization: `Bearer ${holder.control.secret}` },
    signal: AbortSignal.timeout(300_000),
  });
  const body = (await response.json()) as T & { code?: Problem["code"]; facts?: Record<string, unknown> };
  if (!response.ok) throw new Problem(body.code ?? "internal-error", body.facts ?? {});
  return body;
};
