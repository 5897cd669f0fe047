import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../unwrap.ts";

export interface Oracles {
  /** Is every signature of this .p7m good, and is its certificate one to believe today? */
  openssl: (file: Uint8Array) => { valid: boolean; trusted: boolean };
  /** Are all the signatures of this PDF good, and does the last cover the whole of it? */
  pdfsig: (file: Uint8Array) => { valid: boolean };
}

/** Two programs that know nothing of ours. They are there, or the run says so and fails: never skipped. */
export const makeOracles = (dir: string, rootPem: string): Oracles => {
  const at = (name: string) => join(dir, name);
  writeFileSync(at("oracle-root.pem"), rootPem);
  const run = (command: string, args: string[]) => {
    const done = spawnSync(command, args, {
      cwd: dir,
      maxBuffer: 256 << 20,
      env: { ...process.env, LC_ALL: "C", HOME: dir },
    });
    if (done.error) throw new Error(`${command} is missing: npm test installs it (Debian: openssl, poppler-utils)`);
    return { ok: done.status === 0, text: `${done.stdout.toString("latin1")}${done.stderr.toString("latin1")}` };
  };
  return {
    openssl: (file) => {
      writeFileSync(at("oracle.p7m"), unwrap(file) ?? file);
      const verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "oracle.p7m", "-out", "oracle.out"];
      const valid = run("openssl", [...verify, "-noverify"]).ok;
      return {
        valid,
        trusted: valid && run("openssl", [...verify, "-purpose", "any", "-CAfile", "oracle-root.pem"]).ok,
      };
    },
    pdfsig: (file) => {
      writeFileSync(at("oracle.pdf"), file);
      const { text } = run("pdfsig", ["-nocert", "oracle.pdf"]);
      // Time stamps over the whole document it does not validate: it only tells what they cover.
      const signatures = text.split(/^Signature #/m).slice(1);
      const judged = signatures.filter((one) => !one.includes("Unable to validate this type of signature"));
      const good = judged.length > 0 && judged.every((one) => one.includes("Signature Validation: Signature is Valid"));
      return { valid: good && signatures.at(-1)?.includes("- Total document signed") === true };
    },
  };
};
