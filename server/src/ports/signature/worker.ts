import type { SignedAgreementReport } from "./check-signed-agreement.ts";
import { type FileToCheck, look } from "./checker.ts";
import type { TrustSource } from "./trust.ts";

/** What a worker thread runs: one look at one file. */
export default ({
  file,
  trust,
}: {
  file: FileToCheck & { disprovedTimestamps: ReadonlySet<string> };
  trust: TrustSource;
}): Promise<SignedAgreementReport> => look(file, trust);
