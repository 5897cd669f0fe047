import { createHash } from "node:crypto";
import { api } from "@area/api";
import { inTurns, type Measured, ROUNDS, round, SLICE, type World } from "../measure.ts";
import { type Body, body } from "../names.ts";
import { type Script, scriptOf, textsIn } from "../pgbench.ts";
import { callers, seedBodies, vacuum, withClient } from "../seed.ts";
import { CLIENTS, requestText, type Server, startServer } from "../server.ts";

/** Bodies that nobody joined yet: a third for the server, two thirds for both scripts of pgbench. */
const POOL = Number(process.env["BENCH_WRITES"] ?? 48_000);
const MANAGER = {
  givenName: "Elena",
  familyName: "Conti",
  fiscalCode: "CNTLNE71D52F205V",
  email: "sindaca@borgo-esempio.example",
};
const ADMINISTRATOR = {
  givenName: "Giulia",
  familyName: "Ferri",
  fiscalCode: "FRRGLI84P67A944J",
  email: "giulia.ferri@posta.example",
};

const onboardingOf = (b: Body) => ({
  productId: "pagopa",
  kind: "PA",
  institution: { ipaCode: b.ipaCode, name: b.name, pec: b.pec },
  billing: { recipientCode: "UFB0E5" },
  geographicAreas: [{ level: "municipality", name: b.city }],
  manager: MANAGER,
  administrators: [ADMINISTRATOR],
});

const uuidOf = (text: string): string => {
  const hex = createHash("md5").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A recorded submission as a script: what differs from one to the next comes from a row of its own, read first. */
type Submissions = { script: (without?: RegExp) => Script; next: (most: number) => Record<string, string> };

const record = async (world: World): Promise<Submissions> => {
  const caller = callers[0]!;
  const model = body(1, "m");
  await seedBodies(world.cluster.url, 1, 1, "m");
  const recorded = await world.recorder.record(api.onboarding.submit, {
    body: onboardingOf(model),
    sessionHash: createHash("sha256").update(caller.cookie).digest(),
    idempotencyKey: "bench-model",
  });
  const { id, institution } = recorded.result as { id: string; institution: { id: string } };
  const texts = [...new Set(textsIn(recorded.statements))];
  const lock = texts.find((t) => /^-?\d{12,}$/.test(t));
  const changes = (n: number): [string, string][] => {
    const b = body(n, "w");
    return [
      [model.ipaCode, b.ipaCode],
      [model.pec, b.pec],
      [model.taxCode, b.taxCode],
      [model.name, b.name],
      [model.address, b.address],
      [model.zipCode, b.zipCode],
      [model.city, b.city],
      [id, uuidOf(`onboarding ${n}`)],
      [institution.id, uuidOf(`institution ${n}`)],
      ["bench-model", `bench-${n}`],
      ...(lock ? ([[lock, String(n * 7919)]] as [string, string][]) : []),
    ];
  };
  const varying = texts.filter((text) => changes(0).some(([from]) => text.includes(from)));
  const column = (text: string): string | null => {
    const at = varying.indexOf(text);
    return at < 0 ? null : `:v${at}`;
  };
  const rows = Array.from({ length: POOL * 2 }, (_, i) => {
    const n = POOL + i;
    return {
      n: i,
      ...Object.fromEntries(
        varying.map((text, v) => [`v${v}`, changes(n).reduce((t, [from, to]) => t.replaceAll(from, to), text)]),
      ),
    };
  });
  const columns = varying.map((_, v) => `v${v} text`).join(", ");
  await withClient(world.cluster.url, async (client) => {
    await client.query(
      `drop table if exists bench_submissions; create unlogged table bench_submissions (n int primary key, ${columns})`,
    );
    for (let i = 0; i < rows.length; i += 500)
      await client.query(
        `insert into bench_submissions select * from jsonb_to_recordset($1::jsonb) as r (n int, ${columns})`,
        [JSON.stringify(rows.slice(i, i + 500))],
      );
    await client.query("grant select on bench_submissions to ar_app");
  });
  let used = 0;
  return {
    script: (without) => {
      const script = scriptOf(
        recorded.statements.filter(({ sql }) => !without?.test(sql)),
        "s",
        column,
      );
      // The counter lives through the slice; each client takes every eighth row.
      const head = `\\set i :i + 1\n\\set n :base + :client_id + :i * ${CLIENTS}\nselect ${varying.map((_, v) => `v${v}`).join(", ")} from bench_submissions where n = :n \\gset\n`;
      return { text: head + script.text, defines: script.defines };
    },
    next: (most) => {
      const base = used;
      used += most;
      if (used > rows.length) throw new Error("no bodies left to submit: raise BENCH_WRITES");
      return { base: String(base), i: "-1" };
    },
  };
};

export type Writes = { world: World; quiet: Server; submissions: Submissions; most: number };

/** A server that does not work on reactions, as where `work` is a process of its own, and bodies to submit. */
export const prepareWrites = async (world: World): Promise<Writes> => {
  await seedBodies(world.cluster.url, 0, POOL * 3 - 1, "w");
  const submissions = await record(world);
  const quiet = await startServer(world.cluster.url, { flags: ["--without-work"] });
  world.loader.prepare(
    "submit-onboarding",
    Array.from({ length: POOL }, (_, n) =>
      requestText(quiet, {
        method: "POST",
        path: "/api/v1/onboardings",
        cookie: callers[n % callers.length]!.cookie,
        body: onboardingOf(body(n, "w")),
        headers: { "idempotency-key": `bench-server-${n}` },
      }),
    ),
  );
  await vacuum(world.cluster.url);
  return { world, quiet, submissions, most: Math.floor((POOL * 2) / ((ROUNDS + 1) * 3 + 1)) };
};

const theirs =
  ({ world, submissions, most }: Writes, without?: RegExp) =>
  async (slice: number) =>
    world.pgbench.run([submissions.script(without)], slice, { defines: submissions.next(most) });

export const submitOnboarding = async (writes: Writes): Promise<Measured> => {
  const { world, quiet } = writes;
  const ours = async (slice: number) => {
    const load = await world.loader.load(quiet, "submit-onboarding", slice, { once: true });
    if (load.exhausted && load.seconds < slice / 2) throw new Error("no bodies left to submit: raise BENCH_WRITES");
    return load.served / load.seconds;
  };
  const { values, ratios } = await inTurns([ours, theirs(writes)]);
  return {
    measure: "submit-onboarding",
    value: Math.round(values[0]!),
    unit: "requests/s",
    against: Math.round(values[1]!),
    ratio: round(ratios[1]!),
    peakMb: Math.round(quiet.peakMb()),
    conditions: `each for a body that nobody joined, with Idempotency-Key, state, version, trail and event in one transaction; pgbench sends the same ${writes.submissions.script().text.split("\n").length - 4} statements one after the other (prepared, 8 clients) and reads their values with one more; reactions run in another process (serve --without-work), none during the slices; PostgreSQL ${world.cluster.version} with fsync, 8 connections, ${SLICE} s slices in turns`,
  };
};

export const recordCost = async (writes: Writes): Promise<Measured> => {
  const { values, ratios } = await inTurns([theirs(writes), theirs(writes, /record_facts/)]);
  return {
    measure: "record-cost",
    value: Math.round(values[0]!),
    unit: "transactions/s",
    against: Math.round(values[1]!),
    ratio: round(ratios[1]!),
    conditions: `pgbench both ways on the statements of an onboarding as the server sends them: with record_facts (trail, event, deliveries, notice to the workers) against the same transaction without it; each to an institution of its own, so no chain is shared; the server itself cannot leave the trail out, so it was not compared; PostgreSQL ${writes.world.cluster.version} with fsync, 8 clients, ${SLICE} s slices in turns`,
  };
};
