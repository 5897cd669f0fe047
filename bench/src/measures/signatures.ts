import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openTestAuthority, signCades, signPades } from "../../../dev/signing-desk/src/index.ts";
import { writeDocument } from "../../../server/src/ports/documents/index.ts";
import { type Measured, median, round } from "../measure.ts";
import { root } from "../server.ts";

const run = promisify(execFile);
const mayor = { givenName: "Mario", familyName: "Rossi", fiscalCode: "RSSMRA80A01H501U" };
const paragraph = "Le parti convengono quanto segue, e se ne danno atto reciprocamente. ".repeat(6);

const agreementOf = (bytes: number): Promise<Uint8Array> =>
  writeDocument({
    language: "it",
    title: "Accordo di adesione",
    subject: "Comune di Borgo Esempio",
    createdAt: new Date("2026-11-01T00:00:00Z"),
    reference: "AR-1",
    blocks: [
      { kind: "heading", level: 1, text: "Accordo di adesione" },
      ...Array.from({ length: 40 }, () => ({ kind: "paragraph" as const, text: paragraph })),
    ],
    attachment: {
      name: "dati.json",
      mediaType: "application/json",
      // Nothing shrinks it: the file weighs what it says.
      bytes: Buffer.from(JSON.stringify({ data: randomBytes(Math.floor((bytes * 3) / 4)).toString("base64") })),
      description: "Dati",
    },
  });

const withFiles = async <T>(bytes: number, work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), "area-bench-signatures-"));
  try {
    const authority = await openTestAuthority(join(folder, "authority"));
    const signer = await authority.issue(mayor);
    const issued = await agreementOf(bytes);
    writeFileSync(join(folder, "issued.pdf"), issued);
    writeFileSync(join(folder, "trust.pem"), authority.trustListPem());
    writeFileSync(join(folder, "signer.json"), JSON.stringify(mayor));
    writeFileSync(join(folder, "cades.p7m"), signCades(issued, signer));
    writeFileSync(join(folder, "pades.pdf"), await signPades(issued, signer));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
const inProcess = async <T>(folder: string, ...args: string[]): Promise<T> => {
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", join(root, "bench/src/signature-job.ts"), folder, ...args],
    { cwd: root, maxBuffer: 1 << 20 },
  );
  return JSON.parse(stdout) as T;
};

/** A signed agreement of 10 MB, as CAdES and as PAdES: milliseconds, and what the process grew by. */
export const signedFileVerify = (): Promise<Measured> =>
  withFiles(10_000_000, async (folder) => {
    const { took, grewMb } = await inProcess<{ took: Record<string, number[]>; grewMb: number }>(
      folder,
      "one-by-one",
      "cades.p7m",
      "cades.p7m",
      "pades.pdf",
    );
    const [cades, pades] = ["cades.p7m", "pades.pdf"].map((name) => median(took[name] ?? []));
    return {
      measure: "signed-file-verify",
      value: round(Math.max(cades ?? 0, pades ?? 0), 0),
      unit: "ms",
      peakMb: round(grewMb, 0),
      conditions: `an agreement of 10 MB looked at in a worker thread, the slower form (CAdES ${round(cades ?? 0, 0)} ms, PAdES ${round(pades ?? 0, 0)} ms, medians of 5); peakMb: the process's highest resident memory less that before, the file read anew each time`,
    };
  });

/** A hundred files at once: does anybody else notice? */
export const uploadsAtOnce = (): Promise<Measured> =>
  withFiles(1_000_000, async (folder) => {
    const told = await inProcess<{ seconds: number; p99: number; most: number; grewMb: number }>(
      folder,
      "at-once",
      "cades.p7m",
      "pades.pdf",
    );
    return {
      measure: "uploads-at-once",
      value: round(told.p99, 1),
      unit: "ms",
      peakMb: round(told.grewMb, 0),
      conditions: `100 signed PDF of 1 MB handed to the threads at once, all looked at in ${round(told.seconds, 1)} s; the delay of the process's own loop meanwhile, 99th percentile (the worst ${round(told.most, 0)} ms)`,
    };
  });

/** An agreement of five pages, typeset, tagged, with its data inside. */
export const agreementWritten = async (): Promise<Measured> => {
  const took: number[] = [];
  for (let turn = 0; turn < 12; turn++) {
    const began = performance.now();
    await agreementOf(2_000);
    if (turn >= 2) took.push(performance.now() - began);
  }
  return {
    measure: "agreement-written",
    value: round(median(took), 0),
    unit: "ms",
    conditions: "a PDF/A-3a of 40 paragraphs with its data attached, written warm; median of 10",
  };
};
