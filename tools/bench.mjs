// Measures: installs and builds what is missing, then runs bench/src/main.ts. `npm run bench -- NAME…` runs only those named.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installWhatIsMissing } from "./install.mjs";

const say = (text) => process.stderr.write(`${text}\n`);
installWhatIsMissing(() => say("installing the libraries"));
const { buildWhatChanged, root } = await import("./build.mjs");
await buildWhatChanged({ say: (part) => say(`building ${part}`) });
const child = spawn(
  process.execPath,
  ["--import", "tsx", join(root, "bench/src/main.ts"), ...process.argv.slice(2).filter((name) => name !== "--")],
  { cwd: root, stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
