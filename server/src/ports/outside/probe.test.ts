import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutsideSettings } from "./index.ts";
import { openProbe } from "./probe.ts";
import { type Issued, issue } from "./testing/certificates.ts";

const open: (Server | TcpServer)[] = [];
afterAll(() => {
  for (const server of open) {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
});
const listening = async (server: Server | TcpServer): Promise<number> => {
  open.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return (server.address() as AddressInfo).port;
};
const here = { loopback: true, resolve: async () => ["127.0.0.1"] } satisfies OutsideSettings;
const now = new Date();
/** What each step said: outcome, and why where it is not well. */
const tried = async (url: string, more: Partial<Parameters<typeof openProbe>[0]> = {}, lenientChain = false) => {
  const lines = await openProbe({ ...here, ...more })(url, { lenientChain, now });
  return Object.fromEntries(lines.map((l) => [l.step, l.why ?? l.outcome]));
};
const plain = (listener: RequestListener) => listening(createServer(listener));
const outcomes = (of: Record<string, string>, last: string) => of[last];

let authority: Issued;
let other: Issued;
beforeAll(async () => {
  authority = await issue({ name: "Autorità di prova", ca: true });
  other = await issue({ name: "Altra autorità", ca: true });
});
const secure = async (host: Parameters<typeof issue>[0], options: object = {}, by = authority) => {
  const one = await issue({ by, ...host });
  return listening(
    createTlsServer({ key: one.key, cert: one.certificate, ...options }, (_q, r) =>
      r.writeHead(200).end(),
    ) as unknown as Server,
  );
};

describe("trying an address", () => {
  it("says of each step that it went well, to the status of the answer", async () => {
    const port = await secure({ name: "pagamenti.ente.it", hosts: ["pagamenti.ente.it"] });
    expect(await tried(`https://pagamenti.ente.it:${port}/pagopa`, { ca: [authority.certificate] })).toEqual({
      address: "passed",
      name: "passed",
      connection: "passed",
      tls: "passed",
      certificate: "passed",
      expiry: "passed",
      answer: "passed",
    });
  });

  it("tells apart what is wrong with a certificate: its authority, its names, its dates", async () => {
    const ca = { ca: [authority.certificate] };
    const self = await secure({ name: "a.ente.it", hosts: ["a.ente.it"] }, {}, other);
    expect((await tried(`https://a.ente.it:${self}/`, ca))["tls"]).toMatch(/^chain-/);
    // Where it is rehearsed this is said and goes on.
    expect(await tried(`https://a.ente.it:${self}/`, ca, true)).toMatchObject({
      tls: expect.stringMatching(/^chain-/),
      answer: "passed",
    });
    const names = await secure({ name: "b.ente.it", hosts: ["b.ente.it"] });
    expect(await tried(`https://c.ente.it:${names}/`, ca)).toMatchObject({
      tls: "passed",
      certificate: "name-differs",
      answer: "not-reached-yet",
    });
    const day = 86_400_000;
    const over = await secure({
      name: "d.ente.it",
      hosts: ["d.ente.it"],
      from: new Date(now.getTime() - 9 * day),
      until: new Date(now.getTime() - day),
    });
    expect((await tried(`https://d.ente.it:${over}/`, ca))["expiry"]).toBe("expired");
    const soon = await secure({ name: "e.ente.it", hosts: ["e.ente.it"], until: new Date(now.getTime() + 9 * day) });
    expect(await tried(`https://e.ente.it:${soon}/`, ca)).toMatchObject({ expiry: "expires-soon", answer: "passed" });
  });

  it("says what an answer means", async () => {
    const answers = (status: number, headers = {}) => plain((_q, r) => r.writeHead(status, headers).end());
    const at = async (status: number) => (await tried(`http://ente.it:${await answers(status)}/`))["answer"];
    expect([await at(200), await at(405), await at(401), await at(404), await at(500)]).toEqual([
      "passed",
      "passed",
      "not-admitted",
      "not-found",
      "server-error",
    ]);
    expect((await tried(`http://ente.it:${await answers(200)}/`))["tls"]).toBe("plain-http");
  });
});

describe("a hostile server", () => {
  it("that redirects inward is not followed", async () => {
    let reached = 0;
    const inside = await plain((_q, r) => {
      reached++;
      r.end();
    });
    const port = await plain((_q, r) => r.writeHead(302, { location: `http://127.0.0.1:${inside}/` }).end());
    expect(outcomes(await tried(`http://ente.it:${port}/`), "answer")).toBe("redirected");
    expect(reached).toBe(0);
  });

  it("whose name leads inside is not reached, in whatever way it is written", async () => {
    let reached = 0;
    const port = await plain(() => {
      reached++;
    });
    const outside = openProbe({ loopback: false });
    for (const host of [
      "127.0.0.1",
      "127.1",
      "2130706433",
      "0x7f000001",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "10.1.2.3",
      "169.254.169.254",
      "localhost",
      "100.64.0.1",
    ]) {
      const lines = await outside(`http://${host}:${port}/`, { lenientChain: true, now });
      expect(lines.find((l) => l.step === "name")?.why, host).toBe("address-refused");
      expect(
        lines.filter((l) => l.outcome === "passed").map((l) => l.step),
        host,
      ).toEqual(["address"]);
    }
    const mixed = openProbe({ loopback: false, resolve: async () => ["8.8.8.8", "10.0.0.1"] });
    expect(
      (await mixed("http://trappola.ente.it/", { lenientChain: true, now })).find((l) => l.step === "name")?.why,
    ).toBe("address-refused");
    expect(reached).toBe(0);
  });

  it("whose name changes its mind is asked for once, and the connection goes where it was looked at", async () => {
    let asked = 0;
    const port = await plain((_q, r) => r.writeHead(200).end());
    const resolve = async () => (asked++ ? ["10.0.0.1"] : ["127.0.0.1"]);
    expect(outcomes(await tried(`http://cambia.ente.it:${port}/`, { resolve }), "answer")).toBe("passed");
    expect(asked).toBe(1);
  });

  it("that is slow in any step is left in time: silent, dripping heads, endless heads, a name server that never answers", async () => {
    const milliseconds = 300;
    const silent = await listening(createTcpServer(() => undefined));
    const began = performance.now();
    expect(outcomes(await tried(`http://ente.it:${silent}/`, { milliseconds }), "answer")).toBe("too-slow");
    expect(outcomes(await tried(`https://ente.it:${silent}/`, { milliseconds }), "tls")).toBe("too-slow");
    const dripping = await listening(
      createTcpServer((socket) => {
        socket.on("error", () => undefined);
        const timer = setInterval(() => socket.write("H"), 20);
        socket.on("close", () => clearInterval(timer));
      }),
    );
    expect(["too-slow", "no-answer"]).toContain(
      outcomes(await tried(`http://ente.it:${dripping}/`, { milliseconds }), "answer"),
    );
    const never = () => new Promise<string[]>(() => undefined);
    expect(outcomes(await tried("http://ente.it/", { milliseconds, resolve: never }), "name")).toBe("too-slow");
    expect(performance.now() - began).toBeLessThan(5 * milliseconds + 1_500);
  });

  it("that never ends is cut: a head without end, and a body that is not read at all", async () => {
    const heads = await listening(
      createTcpServer((socket) => {
        socket.on("error", () => undefined);
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write(`x-${Math.random()}: ${"a".repeat(4000)}\r\n`), 2);
        socket.on("close", () => clearInterval(timer));
      }),
    );
    expect(["no-answer", "too-slow"]).toContain(
      outcomes(await tried(`http://ente.it:${heads}/`, { milliseconds: 2_000 }), "answer"),
    );
    let written = 0;
    const bodies = await plain((_q, r) => {
      const timer = setInterval(() => {
        written += 100_000;
        r.write(Buffer.alloc(100_000));
      }, 1);
      r.on("close", () => clearInterval(timer));
      r.on("error", () => undefined);
    });
    expect(outcomes(await tried(`http://ente.it:${bodies}/`), "answer")).toBe("passed");
    await new Promise((r) => setTimeout(r, 100));
    const then = written;
    await new Promise((r) => setTimeout(r, 200));
    expect(written - then).toBeLessThan(300_000);
  });

  it("that is not there, and a name nobody knows, are told apart", async () => {
    const port = await plain(() => undefined);
    open.pop()?.close();
    expect(outcomes(await tried(`http://ente.it:${port}/`), "connection")).toBe("connection-refused");
    expect(
      outcomes(await tried("http://ente.it/", { resolve: async () => Promise.reject(new Error("no")) }), "name"),
    ).toBe("name-unknown");
    for (const url of ["ftp://ente.it/", "http://user:word@ente.it/", "file:///etc/passwd", ""])
      expect(outcomes(await tried(url), "address"), url).toBe("address-invalid");
  });
});
