import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openPool, trustSource } from "../../server/src/ports/signature/index.ts";

/*
 * A process that looks at signed files as the server does, and tells what it cost: started by the measure, which wrote the files.
 */
const [folder = "", job = "", ...names] = process.argv.slice(2);
const resident = (field: "VmHWM" | "VmRSS"): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;

const issued = readFileSync(join(folder, "issued.pdf"));
const pool = openPool({ log: { warn: (facts) => process.stderr.write(`${JSON.stringify(facts)}\n`) }, queue: 200 });
const trust = trustSource(readFileSync(join(folder, "trust.pem"), "utf8"));
const { fiscalCode } = JSON.parse(readFileSync(join(folder, "signer.json"), "utf8")) as { fiscalCode: string };
const lookAt = async (file: Uint8Array): Promise<void> => {
  const report = await pool.look(
    {
      file,
      issued: { bytes: issued, sha256: createHash("sha256").update(issued).digest("hex"), length: issued.length },
      expectedSigner: { fiscalCode },
      now: new Date(),
      disprovedTimestamps: new Set<string>(),
    },
    trust,
  );
  if (!report.accepted) throw new Error(`not accepted: ${JSON.stringify(report.checks)}`);
};

// Both threads are up and have read the trust list once.
const [first = ""] = names;
const small = readFileSync(join(folder, first));
await Promise.all([lookAt(small), lookAt(small)]);
const idle = resident("VmRSS");
writeFileSync("/proc/self/clear_refs", "5");

if (job === "one-by-one") {
  const took: Record<string, number[]> = {};
  for (const name of names.slice(1))
    for (let round = 0; round < 5; round++) {
      const file = readFileSync(join(folder, name));
      const began = performance.now();
      await lookAt(file);
      took[name] = [...(took[name] ?? []), performance.now() - began];
    }
  process.stdout.write(`${JSON.stringify({ took, grewMb: resident("VmHWM") - idle })}\n`);
} else {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const file = readFileSync(join(folder, names[1] ?? ""));
  delay.enable();
  const began = performance.now();
  await Promise.all(Array.from({ length: 100 }, () => lookAt(Uint8Array.from(file))));
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  process.stdout.write(
    `${JSON.stringify({ seconds, p99: delay.percentile(99) / 1e6, most: delay.max / 1e6, grewMb: resident("VmHWM") - idle })}\n`,
  );
}
await pool.close();
