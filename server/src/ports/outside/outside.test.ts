import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterAll, expect, test } from "vitest";
import { isPublicAddress, type OutsideFailure, openOutside } from "./index.ts";

const servers: (Server | ReturnType<typeof createTcpServer>)[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
const listening = async (server: Server | ReturnType<typeof createTcpServer>): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};
const serving = (listener: RequestListener) => listening(createServer(listener));
const limits = { timeout: 2_000, maxBytes: 1_000 };
const whyOf = (asked: Promise<unknown>): Promise<OutsideFailure | "answered"> =>
  asked.then(
    () => "answered" as const,
    (problem: { why: OutsideFailure }) => problem.why,
  );
const here = openOutside({ loopback: true });

test.each([
  "http://127.0.0.1:9/",
  "http://127.1/",
  "http://0.0.0.0/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[fe80::1]/",
  "http://[fd00::1]/",
  "http://[2002:7f00:1::]/",
  "http://10.1.2.3/",
  "http://172.31.0.1/",
  "http://192.168.1.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://100.64.0.1/",
  "http://localhost:9/",
])("%s is not outside", async (url) => {
  expect(await whyOf(openOutside({ loopback: false }).ask({ url, ...limits }))).toBe("address-refused");
});

test.each(["ftp://example.com/", "file:///etc/passwd", "http://user:word@example.com/", "gopher:", ""])(
  "“%s” is no address to ask",
  async (url) => {
    expect(await whyOf(here.ask({ url, ...limits }))).toBe("address-invalid");
  },
);

test("the public internet is outside", () => {
  for (const address of ["8.8.8.8", "193.205.10.1", "2a00:1450:4002::1", "172.32.0.1", "100.128.0.1"])
    expect(isPublicAddress(address), address).toBe(true);
});

test("a name with one address inside is refused whole", async () => {
  const outside = openOutside({ loopback: false, resolve: async () => ["8.8.8.8", "10.0.0.1"] });
  expect(await whyOf(outside.ask({ url: "http://ocsp.example/", ...limits }))).toBe("address-refused");
});

test("a name is asked for once: a second answer that leads elsewhere is never heard", async () => {
  const port = await serving((_request, response) => response.end("here"));
  let asked = 0;
  const outside = openOutside({ loopback: true, resolve: async () => (asked++ ? ["10.0.0.1"] : ["127.0.0.1"]) });
  const answer = await outside.ask({ url: `http://rebinding.example:${port}/`, ...limits });
  expect(Buffer.from(answer.bytes).toString()).toBe("here");
  expect(asked).toBe(1);
});

test("a redirection is not followed", async () => {
  let reached = 0;
  const inside = await serving((_request, response) => {
    reached++;
    response.end();
  });
  const port = await serving((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${inside}/` }).end(),
  );
  expect(await whyOf(here.ask({ url: `http://127.0.0.1:${port}/`, ...limits }))).toBe("redirected");
  expect(reached).toBe(0);
});

test("what never ends is cut: by size, and by time however slowly it drips", async () => {
  const endless = await serving((_request, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(500)), 5);
    response.on("close", () => clearInterval(timer));
  });
  expect(await whyOf(here.ask({ url: `http://127.0.0.1:${endless}/`, ...limits }))).toBe("too-large");
  const dripping = await serving((_request, response) => {
    const timer = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(timer));
  });
  expect(await whyOf(here.ask({ url: `http://127.0.0.1:${dripping}/`, maxBytes: 1e6, timeout: 200 }))).toBe("too-slow");
  const silent = await listening(createTcpServer(() => undefined));
  expect(await whyOf(here.ask({ url: `http://127.0.0.1:${silent}/`, maxBytes: 1e6, timeout: 200 }))).toBe("too-slow");
});

test("who is not there, and a name nobody knows, are told apart", async () => {
  const port = await serving(() => undefined);
  servers.pop()?.close();
  expect(await whyOf(here.ask({ url: `http://127.0.0.1:${port}/`, ...limits }))).toBe("not-reached");
  const outside = openOutside({ loopback: false, resolve: async () => Promise.reject(new Error("ENOTFOUND")) });
  expect(await whyOf(outside.ask({ url: "http://nessuno.example/", ...limits }))).toBe("name-unknown");
});
