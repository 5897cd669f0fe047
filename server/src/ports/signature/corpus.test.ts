import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSignedAgreement, loadTrustList, type SignedAgreementReport } from "./index.ts";
import { looksLikePdf } from "./pdf-signatures.ts";
import { type Case, makeCorpus, mayor } from "./testing/corpus.ts";
import { makeOracles, type Oracles } from "./testing/oracles.ts";

let dir: string;
let corpus: Awaited<ReturnType<typeof makeCorpus>>;
let oracles: Oracles;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "corpus-"));
  corpus = await makeCorpus(dir);
  oracles = makeOracles(dir, corpus.authority.trustListPem());
}, 300_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const problemsOf = (report: SignedAgreementReport) =>
  Object.fromEntries(report.checks.flatMap(({ code, problem }) => (problem ? [[code, problem]] : [])));
const outcomeOf = (report: SignedAgreementReport, code: string) =>
  report.checks.find((one) => one.code === code)?.outcome;

/** Where an oracle can say something, it must say the same; `stricter` names the few things it does not look at. */
const compare = async (one: Case, file: Uint8Array, report: SignedAgreementReport): Promise<string> => {
  const integrity = outcomeOf(report, "integrity");
  if (outcomeOf(report, "form") !== "passed" || integrity === "not-reached") return "";
  if (looksLikePdf(file)) {
    const said = oracles.pdfsig(file);
    expect(said.valid, `pdfsig on ${one.name}`).toBe(integrity === "passed" || one.stricter !== undefined);
    return said.valid ? "pdfsig: valid" : "pdfsig: not valid";
  }
  const said = oracles.openssl(file);
  expect(said.valid, `openssl on ${one.name}`).toBe(integrity === "passed" || one.stricter !== undefined);
  // Which certificates it believes, and when: their verdict is ours, where ours rests on nothing more.
  const [trust, validity] = [
    outcomeOf(report, "trust"),
    report.checks.find(({ code }) => code === "validity")?.problem,
  ];
  if (said.valid && !one.stricter) {
    const ours =
      trust === "passed" &&
      validity !== "signer-certificate-expired" &&
      validity !== "signer-certificate-not-yet-valid";
    const nested = one.name.includes("nested") || one.name.includes("inside CAdES");
    const stamped = one.family === "time stamps" && ours;
    if (!nested && !stamped) expect(said.trusted, `openssl's chain on ${one.name}`).toBe(ours);
  }
  return said.valid ? (said.trusted ? "openssl: valid, trusted" : "openssl: valid, not trusted") : "openssl: not valid";
};

test("every file of the corpus gets its verdict, and the oracles agree", async () => {
  const trust = loadTrustList(corpus.authority.trustListPem());
  const lines: string[] = [];
  const wrong: string[] = [];
  for (const one of corpus.cases) {
    const file = await Promise.resolve()
      .then(one.file)
      .catch((problem: Error) => {
        throw new Error(`${one.family}, ${one.name}: cannot be made: ${problem.message}`, { cause: problem });
      });
    const report = await checkSignedAgreement({
      file,
      issued: corpus.issued,
      expectedSigner: { fiscalCode: mayor.fiscalCode },
      trust,
      now: new Date(),
    });
    const problems = problemsOf(report);
    const expected = Object.keys(one.expect).length === 0;
    // A verdict is asked for what can be judged; what only follows from it need not be listed.
    const listed = Object.fromEntries(Object.keys(one.expect).map((code) => [code, problems[code]]));
    const fine = expected ? report.accepted : !report.accepted && JSON.stringify(listed) === JSON.stringify(one.expect);
    if (
      !fine ||
      Object.keys(problems).length < Object.keys(one.expect).length ||
      (Object.keys(problems).length > Object.keys(one.expect).length && !one.family.startsWith("cut"))
    )
      wrong.push(`${one.family}, ${one.name}: expected ${JSON.stringify(one.expect)}, got ${JSON.stringify(problems)}`);
    const oracle = await compare(one, file, report).catch((problem: Error) => {
      wrong.push(problem.message.split("\n")[0] ?? "");
      return "?";
    });
    const verdict = report.accepted ? "accepted" : Object.values(problems).join(", ");
    lines.push(`${one.family.padEnd(30)} ${one.name.padEnd(54)} ${verdict.padEnd(62)} ${oracle}`);
  }
  process.stdout.write(`\n${lines.join("\n")}\n${lines.length} files\n`);
  expect(wrong).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(60);
}, 900_000);
