import { workerData } from "node:worker_threads";
import type { SignedAgreementReport } from "./check-signed-agreement.ts";
import { type FileToCheck, look } from "./checker.ts";
import type { TrustSource } from "./trust.ts";
import { readTrustedList, type TrustedList } from "./trusted-lists/read-list.ts";
import { type ListFailure, ListProblem } from "./trusted-lists/verify-list.ts";

/** What a thread is asked: one look at one file, or one list to verify and read. */
export type Task =
  | { kind: "look"; file: FileToCheck & { disprovedTimestamps: ReadonlySet<string> } }
  | { kind: "list"; xml: string; signers: Uint8Array[]; now: Date };

// Piscina hands on what the pool was made with: what is trusted travels once, not with each file.
const { trust } = (Array.isArray(workerData) ? workerData[1] : workerData) as { trust: TrustSource };

/** Errors lose their class on the way out of a thread: what a list is refused for travels as an answer. */
export type ListAnswer = { list: TrustedList } | { why: ListFailure; detail: string };

export default async (task: Task): Promise<SignedAgreementReport | ListAnswer> => {
  if (task.kind === "look") return look(task.file, trust);
  try {
    return { list: readTrustedList(task.xml, task.signers, task.now) };
  } catch (problem) {
    if (problem instanceof ListProblem) return { why: problem.why, detail: problem.detail };
    throw problem;
  }
};
