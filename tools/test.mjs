// All the tests, with one command: types, lint, stale files, then the suite on the embedded database, the same on a real
// PostgreSQL, and the journeys in a browser. `npm test -- ibans` runs the part whose files' names hold the word.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installWhatIsMissing } from "./install.mjs";

installWhatIsMissing(() => console.log("Installing the libraries (once)…"));
const { buildWhatChanged, root } = await import("./build.mjs");
const { installFromDebian, startPostgres } = await import("./postgres.mjs");
const { installOracles } = await import("./oracles.mjs");

const filters = process.argv.slice(2).filter((a) => !a.startsWith("-"));
const whole = filters.length === 0;
let passed = 0;
let failed = 0;
const times = [];
const bin = (name) => join(root, "node_modules/.bin", name);

const step = (name, command, args, env = {}) => {
  const began = Date.now();
  console.log(`\n— ${name}`);
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { NO_COLOR: "1", ...process.env, ...env },
  });
  times.push(`${name} ${((Date.now() - began) / 1000).toFixed(0)} s`);
  return done.status === 0;
};
const suite = (name, args, env = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "area-report-"));
  const file = join(folder, "report.json");
  const ok = step(
    name,
    bin("vitest"),
    [
      "run",
      ...args,
      ...(whole ? [] : ["--passWithNoTests"]),
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    env,
  );
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A file that could not even be read counts too.
    if (!ok && report.numFailedTests === 0) failed++;
  } else if (!ok) failed++;
  rmSync(folder, { recursive: true, force: true });
};

const findChromium = () =>
  process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));

/** Several at once, each said whole when it ends: the linter alone takes as long as the others together. */
const checkTogether = async (all) => {
  const began = Date.now();
  await Promise.all(
    all.map(
      ([name, command, args]) =>
        new Promise((ended) => {
          const child = spawn(command, args, { cwd: root, env: { NO_COLOR: "1", ...process.env } });
          let said = "";
          for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
          child.on("error", (error) => (said += error.message));
          child.on("close", (code) => {
            console.log(`\n— ${name}\n${said}`);
            if (code === 0) passed++;
            else failed++;
            ended();
          });
        }),
    ),
  );
  times.push(`checks ${((Date.now() - began) / 1000).toFixed(0)} s`);
};

if (whole) {
  const tsc = join(root, "node_modules/typescript-7/bin/tsc");
  await checkTogether([
    ["promises awaited", bin("eslint"), ["--max-warnings=0", "."]],
    ["types", process.execPath, [tsc, "--noEmit", "-p", "."]],
    ["types of the web application", process.execPath, [tsc, "--noEmit", "-p", "web"]],
    ["format and lint", bin("biome"), ["check", "--diagnostic-level=warn", "--max-diagnostics=50", "."]],
    ["table types are fresh", bin("tsx"), ["tools/print-tables.ts", "--check"]],
    ["openapi.json is fresh", bin("tsx"), ["tools/print-openapi.ts", "--check"]],
  ]);
}
installOracles();
suite("suite on the embedded database", filters);
const postgres = await startPostgres();
try {
  suite(`the same suite on PostgreSQL ${postgres.bin}`, filters, { AREA_TEST_DATABASE_URL: postgres.url });
  if (whole || filters.includes("journeys")) {
    let chromium = findChromium();
    if (!chromium) {
      installFromDebian(["chromium"], "Chromium is missing.");
      chromium = findChromium();
    }
    await buildWhatChanged();
    suite("journeys in a browser", ["--config", "journeys/vitest.config.ts"], {
      CHROMIUM: chromium,
      AREA_TEST_DATABASE_URL: postgres.url,
    });
  }
} finally {
  await postgres.stop();
}
console.log(`\n${times.join(" · ")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
