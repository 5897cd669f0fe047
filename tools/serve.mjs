// The command `area-server` (serve · work · migrate · seed · import · verify-audit), strict: everything comes from the environment.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installWhatIsMissing } from "./install.mjs";

installWhatIsMissing();
const { buildWhatChanged, root } = await import("./build.mjs");
await buildWhatChanged({ only: process.argv[2] === "serve" ? undefined : ["server"] });
const child = spawn(
  process.execPath,
  ["--enable-source-maps", join(root, "server/dist/area-server.js"), ...process.argv.slice(2)],
  { stdio: "inherit", env: { NODE_ENV: "production", ...process.env } },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
