import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Measured, round } from "../measure.ts";
import { root } from "../server.ts";

const run = promisify(execFile);

type Told = {
  accepted: { ms: number; kb: number };
  once: { ms: number };
  hostile: { documents: number; ms: number; grewMb: number };
};

/** One SPID response, from the form's text to a verified identity: milliseconds of one core; and what hostile ones cost. */
export const loginValidate = async (): Promise<Measured> => {
  const { stdout } = await run(process.execPath, ["--import", "tsx", join(root, "bench/src/login-job.ts")], {
    cwd: root,
    maxBuffer: 1 << 20,
  });
  const { accepted, once, hostile } = JSON.parse(stdout) as Told;
  return {
    measure: "login-validate",
    value: round(accepted.ms, 2),
    unit: "ms of one core",
    peakMb: round(hostile.grewMb, 0),
    conditions: `a response of ${round(accepted.kb, 1)} kB, Response and Assertion signed (RSA 3072, SHA-256), peeked at and verified as the door does, each a new one, ${500} of them after 200 to warm up; ${round(once.ms, 2)} with the Assertion alone signed; peakMb: highest resident memory less that before, over ${hostile.documents} hostile documents of up to 256 KiB and more (${round(hostile.ms, 1)} ms each)`,
  };
};
