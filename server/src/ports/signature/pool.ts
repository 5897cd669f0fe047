import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Problem } from "@area/api";
import { Piscina } from "piscina";
import type { Log } from "../../platform/log.ts";
import type { SignedAgreementReport } from "./check-signed-agreement.ts";
import type { Look } from "./checker.ts";
import { type TrustSource, trustSource } from "./trust.ts";
import type { TrustedList } from "./trusted-lists/read-list.ts";
import { ListProblem } from "./trusted-lists/verify-list.ts";
import type { ListAnswer, Task } from "./worker.ts";

/*
 * Files are looked at in threads of their own: ten megabytes of a signed agreement keep a processor busy for a tenth of a
 * second, and whoever else uses the portal should not notice. A thread has a bound of memory, and a queue has an end.
 */

export interface Pool {
  look: Look;
  /** Verifies and reads a trusted list: megabytes of XML, that nobody should wait for. */
  readList(xml: string, signers: Uint8Array[], now: Date): Promise<TrustedList>;
  close(): Promise<void>;
}

export interface PoolSettings {
  threads?: number;
  /** Files that may wait; the next is told to come back. */
  queue?: number;
  /** Longer than this no file may take. */
  milliseconds?: number;
  log: Pick<Log, "warn">;
}

/** The bundle has its worker beside it; from the sources it is this folder's. */
const workerFile = (): URL => {
  const bundled = new URL("./signature-worker.js", import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL("./worker.ts", import.meta.url);
};

/** Turns at a thread, in order. Who waits holds nothing but its own file. */
const turns = (threads: number, queue: number) => {
  const waiting: (() => void)[] = [];
  let free = threads;
  return {
    take: async (): Promise<void> => {
      if (free > 0) free--;
      else if (waiting.length >= queue) throw new Problem("temporarily-unavailable");
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give: (): void => {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
};

/** A list has megabytes, and its time. */
const listMilliseconds = 300_000;
const nobody = trustSource("");

export const openPool = ({ threads = 2, queue = 64, milliseconds = 60_000, log }: PoolSettings): Pool => {
  const file = workerFile();
  const threadsTrusting = (trust: TrustSource, most: number) =>
    new Piscina<Task, unknown>({
      filename: file.href,
      minThreads: 0,
      maxThreads: most,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
      workerData: { trust },
      ...(file.href.endsWith(".ts") ? { execArgv: ["--import", "tsx"] } : {}),
    });
  let current: { digest: string; pool: Piscina<Task, unknown> } | undefined;
  /** The threads that know this trust; when it changes, which is seldom, others take their place. */
  const poolFor = (trust: TrustSource): Piscina<Task, unknown> => {
    if (current?.digest !== trust.digest) {
      const before = current?.pool;
      current = { digest: trust.digest, pool: threadsTrusting(trust, threads) };
      // What it has begun it ends.
      void before?.close();
    }
    return current.pool;
  };
  const turn = turns(threads, queue);
  return {
    look: async (checked, trust) => {
      await turn.take();
      try {
        // Copied once, when a thread is free, and handed over: a message copies twice what it is not given.
        const bytes = Uint8Array.from(checked.file);
        const issued = checked.issued.bytes ? Uint8Array.from(checked.issued.bytes) : undefined;
        const handed = { ...checked, file: bytes, issued: { ...checked.issued, ...(issued ? { bytes: issued } : {}) } };
        const report = await poolFor(trust).run(
          { kind: "look", file: handed },
          {
            signal: AbortSignal.timeout(milliseconds),
            transferList: [bytes.buffer, ...(issued ? [issued.buffer] : [])],
          },
        );
        return report as SignedAgreementReport;
      } catch (problem) {
        // Too long, or a thread that ran out of its memory: nothing was consumed, it may be sent again.
        log.warn({ error: String(problem) }, "a signed file was not looked at");
        throw new Problem("temporarily-unavailable");
      } finally {
        turn.give();
      }
    },
    readList: async (xml, signers, now) => {
      const pool = threadsTrusting(nobody, 1);
      try {
        const answer = (await pool.run(
          { kind: "list", xml, signers, now },
          { signal: AbortSignal.timeout(listMilliseconds) },
        )) as ListAnswer;
        if ("list" in answer) return answer.list;
        throw new ListProblem(answer.why, answer.detail);
      } finally {
        await pool.destroy();
      }
    },
    close: async () => {
      await current?.pool.destroy();
    },
  };
};
