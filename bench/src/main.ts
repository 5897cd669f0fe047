import { startCluster } from "./cluster.ts";
import type { Measured, World } from "./measure.ts";
import { bulkIbans, exportInstitutions, ibanRegister, seedIbans } from "./measures/ibans.ts";
import { loginValidate } from "./measures/login.ts";
import { coldStart, firstLoad, routeLoad } from "./measures/pages.ts";
import { measurePeople, type PeopleMeasure, peopleMeasures } from "./measures/people.ts";
import { type Growth, growthPoint, measureRead, type Read, type ReadName, reads } from "./measures/reads.ts";
import { reviewQueue } from "./measures/review-queue.ts";
import { revocation } from "./measures/revocation.ts";
import { agreementWritten, signedFileVerify, uploadsAtOnce } from "./measures/signatures.ts";
import { prepareWrites, recordCost, submitOnboarding } from "./measures/writes.ts";
import { pgbench } from "./pgbench.ts";
import { recorder } from "./recorded.ts";
import {
  finishAudit,
  seedAudit,
  seedBodies,
  seedDelegations,
  seedPartners,
  seedPeopleAndInstitutions,
  size,
  stages,
  vacuum,
  withClient,
} from "./seed.ts";
import { migrateDatabase, startLoader, startServer } from "./server.ts";

/*
 * `npm run bench`: one JSON line a measure on the standard output, whatever the figures; what it is doing, on the error output.
 */
const readNames = Object.keys(reads) as ReadName[];
const growing: Partial<Record<ReadName, number>> = {
  "registry-search": size.bodies,
  "audit-page": size.auditRows,
  "delegations-list": size.portfolio,
};

const say = (text: string) =>
  void process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
const began = performance.now();
const printed = new Set<string>();
const print = (measured: Measured) => {
  printed.add(measured.measure);
  process.stdout.write(`${JSON.stringify(measured)}\n`);
};

const asked = process.argv.slice(2);
const writeNames = ["submit-onboarding", "record-cost"];
const pageNames = ["first-load", "route-load", "review-queue"];
const ibanNames = ["ibans-list", "iban-register", "bulk-ibans", "export-institutions"];
const peopleNames = Object.keys(peopleMeasures) as PeopleMeasure[];
const processNames = ["revocation"];
const signatureNames = ["signed-file-verify", "uploads-at-once", "agreement-written"];
const known: string[] = [
  ...readNames,
  ...peopleNames,
  ...writeNames,
  ...ibanNames,
  ...processNames,
  ...pageNames,
  ...signatureNames,
  "login-validate",
  "cold-start",
];
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length) {
  say(`unknown: ${unknown.join(", ")}. Known: ${known.join(", ")}`);
  process.exit(2);
}
const wants = (name: string) => asked.length === 0 || asked.includes(name);
/** A measure that fails says so in its own line, and the others go on. */
const guarded = async (name: string, work: () => Promise<Measured>) => {
  if (!wants(name)) return;
  say(name);
  try {
    print(await work());
  } catch (error) {
    print({
      measure: name,
      conditions: `not measured: ${error instanceof Error ? error.message.slice(0, 2000) : String(error)}`,
    });
  }
};

const onDatabase = async () => {
  const cluster = await startCluster();
  const undo: (() => unknown)[] = [() => cluster.stop()];
  const stop = () => {
    void cluster.stop().finally(() => process.exit(1));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    say(`PostgreSQL ${cluster.version}: migrating and seeding`);
    await migrateDatabase(cluster.url);
    await seedBodies(cluster.url, 1, size.bodies);
    await seedPeopleAndInstitutions(cluster.url);
    const server = await startServer(cluster.url);
    undo.push(() => server.stop());
    const loader = startLoader();
    undo.push(() => loader.stop());
    const bench = pgbench(cluster);
    undo.push(() => bench.close());
    const record = recorder(cluster.url);
    undo.push(() => record.close());
    const world: World = { cluster, server, loader, pgbench: bench, recorder: record };

    const curves: Partial<Record<ReadName, Growth>> = {};
    const curved = readNames.filter((name) => growing[name] && wants(name));
    // The tables grow to their size in four steps; what depends on it is measured at each.
    await withClient(cluster.url, (client) => client.query("truncate registry_bodies, registry_starts"));
    await seedPartners(cluster.url);
    if (ibanNames.some(wants)) await seedIbans(cluster.url);
    let [bodies, lines, own] = [0, 0, 0];
    const needed = readNames.some(wants) ? 1 : 0.01;
    for (const share of curved.length ? stages : [1]) {
      const [toBodies, toLines] = [Math.round(size.bodies * share), Math.round(size.auditRows * share * needed)];
      await seedBodies(cluster.url, bodies + 1, toBodies);
      await seedAudit(cluster.url, lines + 1, toLines);
      const toOwn = Math.round(size.portfolio * share);
      await seedDelegations(cluster.url, own + 1, toOwn, true);
      if (share === 1) await seedDelegations(cluster.url, size.portfolio + 1, size.delegations, false);
      [bodies, lines, own] = [toBodies, toLines, toOwn];
      if (share === 1) await finishAudit(cluster.url);
      await vacuum(cluster.url);
      say(`seeded: ${bodies} bodies, ${lines} lines of the trail`);
      for (const name of curved) {
        const read: Read = await reads[name](world);
        const before = curves[name] ?? [];
        curves[name] = [...before, await growthPoint(world, read, Math.round(growing[name]! * share))];
      }
    }
    for (const name of readNames)
      await guarded(name, async () => measureRead(world, await reads[name](world), name, curves[name] ?? null));
    for (const name of peopleNames) await guarded(name, () => measurePeople(world, name));
    await guarded("bulk-ibans", () => bulkIbans(world));
    await guarded("export-institutions", () => exportInstitutions(world));
    await guarded("iban-register", () => ibanRegister(world));
    await guarded("revocation", () => revocation(world));
    await guarded("first-load", () => firstLoad(server));
    await guarded("route-load", () => routeLoad(server));
    await guarded("review-queue", () => reviewQueue(world));
    if (writeNames.some(wants)) {
      const writes = await prepareWrites(world);
      undo.push(() => writes.quiet.stop());
      await guarded("submit-onboarding", () => submitOnboarding(writes));
      await guarded("record-cost", () => recordCost(writes));
    }
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    for (const back of undo.reverse()) await back();
  }
};

if ([...readNames, ...peopleNames, ...writeNames, ...ibanNames, ...processNames, ...pageNames].some(wants))
  await onDatabase().catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    for (const name of [
      ...readNames,
      ...peopleNames,
      ...processNames,
      ...pageNames,
      ...writeNames,
      ...ibanNames,
    ].filter((n) => wants(n) && !printed.has(n)))
      print({ measure: name, conditions: `not measured: ${String(error)}` });
  });
await guarded("signed-file-verify", signedFileVerify);
await guarded("uploads-at-once", uploadsAtOnce);
await guarded("agreement-written", agreementWritten);
await guarded("login-validate", loginValidate);
await guarded("cold-start", coldStart);
process.exit(0);
