// Programs that know nothing of ours and must agree with our verdicts: never skipped, installed where they are missing.
import { spawnSync } from "node:child_process";
import { installFromDebian } from "./postgres.mjs";

/** Command → the Debian package that has it. */
const oracles = { openssl: "openssl", pdfsig: "poppler-utils", xmlsec1: "xmlsec1" };

export const installOracles = () => {
  const missing = Object.entries(oracles)
    .filter(([command]) => spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0)
    .map(([, name]) => name);
  if (missing.length > 0) installFromDebian(missing, "Programs that check ours are missing.");
};
