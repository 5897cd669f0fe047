import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { freePort } from "../cluster.ts";
import { type Measured, round } from "../measure.ts";
import { callers } from "../seed.ts";
import { root, type Server } from "../server.ts";

const gzipKb = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length / 1000;

/** JavaScript that the entry page asks for: its script elements and preloaded modules, and what stands in the page itself. */
export const firstLoad = async (server: Server): Promise<Measured> => {
  const html = await (await fetch(`${server.url}/`, { headers: { accept: "text/html" } })).text();
  const addresses = [
    ...[...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map((m) => m[1]!),
    ...[...html.matchAll(/<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"/g)].map((m) => m[1]!),
  ];
  let kb = [...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].reduce(
    (sum, m) => sum + gzipKb(Buffer.from(m[1]!)),
    0,
  );
  for (const address of new Set(addresses))
    kb += gzipKb(new Uint8Array(await (await fetch(new URL(address, server.url))).arrayBuffer()));
  return {
    measure: "first-load",
    value: round(kb, 1),
    unit: "kB gzip",
    conditions: `JavaScript of the entry page, read from its HTML: ${addresses.length} files (${addresses.join(", ") || "none"}), page of ${round(gzipKb(Buffer.from(html)), 1)} kB gzip`,
  };
};

const chromium = (): string | undefined =>
  [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path && existsSync(path),
  );

/** JavaScript of every request that Panoramica makes in a browser with an empty cache, gzip. */
export const routeLoad = async (server: Server): Promise<Measured> => {
  if (!existsSync(join(root, "web/dist/index.html")))
    return { measure: "route-load", conditions: "not measured: the web application is not built" };
  const executablePath = chromium();
  if (!executablePath)
    return { measure: "route-load", conditions: "not measured: no Chromium found (CHROMIUM names one)" };
  const { chromium: engine } = await import("playwright-core");
  const browser = await engine.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const caller = callers[0]!;
    const context = await browser.newContext({ locale: "it-IT" });
    await context.addCookies([{ name: "ar_session", value: caller.cookie, url: server.url }]);
    const page = await context.newPage();
    const scripts: Promise<{ name: string; kb: number }>[] = [];
    page.on("response", (response) => {
      if (/javascript/.test(response.headers()["content-type"] ?? ""))
        scripts.push(
          response
            .body()
            .then((bytes) => ({ name: new URL(response.url()).pathname.split("/").at(-1)!, kb: gzipKb(bytes) })),
        );
    });
    await page.goto(`${server.url}/enti/${caller.institutionId}`, { waitUntil: "networkidle", timeout: 30_000 });
    const heading = await page.locator("h1, h2").first().textContent({ timeout: 10_000 });
    if (!heading) return { measure: "route-load", conditions: "not measured: the web build lacks the screen" };
    const loaded = await Promise.all(scripts);
    return {
      measure: "route-load",
      value: round(
        loaded.reduce((sum, s) => sum + s.kb, 0),
        1,
      ),
      unit: "kB gzip",
      conditions: `JavaScript of all requests for Panoramica in headless Chromium, empty cache: ${loaded.map((s) => `${s.name} ${round(s.kb, 1)}`).join(", ")}; screen shown: ${heading.trim().slice(0, 60)}`,
    };
  } finally {
    await browser.close();
  }
};

/** Seconds from `npm start` to the entry page answering 200. */
const startOnce = async (dataDir: string): Promise<number> => {
  const port = await freePort();
  const began = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: `http://localhost:${port}` },
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
      if (performance.now() - began > 120_000) throw new Error("npm start did not answer within two minutes");
      const answered = await fetch(`http://localhost:${port}/`, { headers: { accept: "text/html" } }).then(
        (r) => r.arrayBuffer().then(() => r.status === 200),
        () => false,
      );
      if (answered) return (performance.now() - began) / 1000;
      await new Promise((r) => setTimeout(r, 20));
    }
  } finally {
    // The whole group that we started: npm, the starter, the portal and its helpers.
    if (child.exitCode === null) process.kill(-child.pid!, "SIGTERM");
    await ended;
    await new Promise((r) => setTimeout(r, 1500));
  }
};

export const coldStart = async (): Promise<Measured> => {
  const dataDir = mkdtempSync(join(tmpdir(), "area-bench-start-"));
  try {
    const first = await startOnce(dataDir);
    const again = [await startOnce(dataDir), await startOnce(dataDir), await startOnce(dataDir)].sort((a, b) => a - b);
    return {
      measure: "cold-start",
      value: round(again[1]!),
      unit: "s",
      conditions: `npm start on a data directory that was started before, to the entry page answering 200, libraries and build present, embedded database and helpers included; median of ${again.map((s) => round(s)).join(", ")}; the first start on an empty directory took ${round(first)} s`,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
