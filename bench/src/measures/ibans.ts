import { createHash } from "node:crypto";
import { api, cinOf, fillPath, hasIbanCheck } from "@area/api";
import { inTurns, type Measured, median, ROUNDS, round, SLICE, type World } from "../measure.ts";
import { type Script, scriptOf, textsIn } from "../pgbench.ts";
import { callers, partnerId, size, vacuum, withClient } from "../seed.ts";
import { CLIENTS, requestText, startServer } from "../server.ts";

/** An invented account of an Italian bank, right in every check; `n` makes it another. */
export const account = (n: number, bank = "0306905020"): string => {
  const rest = `${bank}${String(n).padStart(12, "0")}`;
  const cin = cinOf(rest);
  for (let check = 2; check < 99; check++) {
    const iban = `IT${String(check).padStart(2, "0")}${cin}${rest}`;
    if (hasIbanCheck(iban)) return iban;
  }
  throw new Error("no check digits");
};
/** Six accounts for each institution, in order, so that those of the callers are whole from the first; who calls may change them. */
export const seedIbans = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query("set session_replication_role = replica");
    for (let from = 0; from < size.ibans; from += 25_000)
      await client.query(
        `insert into ibans (institution_id, environment, iban, description, valid_from, holder_kind, registered_at, registered_by, changed_at, changed_by)
         select ('00000000-0000-4000-8000-2' || lpad((1 + (n / 6))::text, 11, '0'))::uuid, 'production', iban, 'Conto di tesoreria ' || n, date '2026-01-01', 'own', now(), $2, now(), $2
         from unnest($1::text[]) with ordinality as x (iban, o) cross join lateral (select $3::int + o::int - 1 as n) y on conflict do nothing`,
        [
          Array.from({ length: Math.min(25_000, size.ibans - from) }, (_, i) => account(from + i)),
          callers[0]!.personId,
          from,
        ],
      );
    await client.query(
      "insert into memberships (person_id, institution_id, product_id, profile, state, begins_at) select p, i, 'pagopa', 'administrator', 'active', now() - interval '90 days' from unnest($1::uuid[], $2::uuid[]) as x (p, i) on conflict do nothing",
      [callers.map((c) => c.personId), callers.map((c) => c.institutionId)],
    );
    await client.query("update sessions set step_up_until = now() + interval '1 day'");
  });

const POOL = Number(process.env["BENCH_WRITES"] ?? 48_000);
const bodyOf = (n: number) => ({
  iban: account(n, "0200811101"),
  description: "Conto corrente",
  validFrom: "2099-01-01",
});
const query = { environment: "production" };

/** The write of one account: state, version, trail, event and idempotency, against the same statements sent by pgbench. */
export const ibanRegister = async (world: World): Promise<Measured> => {
  const scripts: Script[] = [];
  const most = Math.floor((POOL * 2) / ((ROUNDS + 1) * 2 + 1));
  for (const [c, caller] of callers.entries()) {
    const model = bodyOf(900_000_000 + c);
    const recorded = await world.recorder.record(api.pagopa.ibans.register, {
      params: { institutionId: caller.institutionId },
      query,
      body: model,
      sessionHash: createHash("sha256").update(caller.cookie).digest(),
      idempotencyKey: `bench-model-${c}`,
    });
    const lock = textsIn(recorded.statements).find((text) => /^-?\d{12,}$/.test(text));
    const changes = (n: number): [string, string][] => [
      [model.iban, bodyOf(POOL + n).iban],
      [`bench-model-${c}`, `bench-${c}-${n}`],
      ...(lock ? ([[lock, String(n * 7919 + c)]] as [string, string][]) : []),
    ];
    const varying = [...new Set(textsIn(recorded.statements))].filter((text) =>
      changes(0).some(([from]) => text.includes(from)),
    );
    const script = scriptOf(recorded.statements, `s${c}`, (text) => {
      const at = varying.indexOf(text);
      return at < 0 ? null : `:v${at}`;
    });
    const table = `bench_accounts_${c}`;
    const columns = varying.map((_, v) => `v${v} text`).join(", ");
    await withClient(world.cluster.url, async (client) => {
      await client.query(
        `drop table if exists ${table}; create unlogged table ${table} (n int primary key, ${columns})`,
      );
      // Each caller's script takes the numbers that are its own among all: an account is written once.
      const mine = Array.from({ length: POOL * 2 }, (_, n) => n).filter((n) => n % callers.length === c);
      for (let i = 0; i < mine.length; i += 2000)
        await client.query(
          `insert into ${table} select * from jsonb_to_recordset($1::jsonb) as r (n int, ${columns})`,
          [
            JSON.stringify(
              mine.slice(i, i + 2000).map((n) => ({
                n,
                ...Object.fromEntries(
                  varying.map((text, v) => [`v${v}`, changes(n).reduce((t, [a, b]) => t.replaceAll(a, b), text)]),
                ),
              })),
            ),
          ],
        );
      await client.query(`grant select on ${table} to ar_app`);
    });
    scripts.push({
      text: `\\set i :i + 1\n\\set n :base + ${CLIENTS} * (:client_id + ${CLIENTS} * :i) + ${c}\nselect ${varying.map((_, v) => `v${v}`).join(", ")} from ${table} where n = :n \\gset\n${script.text}`,
      defines: script.defines,
    });
  }
  const quiet = await startServer(world.cluster.url, { flags: ["--without-work"] });
  try {
    world.loader.prepare(
      "iban-register",
      Array.from({ length: POOL }, (_, n) => {
        const caller = callers[n % callers.length]!;
        return requestText(quiet, {
          method: "POST",
          path: `/api/v1${fillPath(api.pagopa.ibans.register.path, { institutionId: caller.institutionId })}?environment=production`,
          cookie: caller.cookie,
          body: bodyOf(n),
          headers: { "idempotency-key": `bench-server-${n}` },
        });
      }),
    );
    await vacuum(world.cluster.url);
    let base = 0;
    const { values, ratios } = await inTurns([
      async (slice) => {
        const load = await world.loader.load(quiet, "iban-register", slice, { once: true });
        if (load.exhausted && load.seconds < slice / 2) throw new Error("no accounts left: raise BENCH_WRITES");
        return load.served / load.seconds;
      },
      async (slice) => {
        const from = Math.ceil(base / (CLIENTS * CLIENTS)) * CLIENTS * CLIENTS;
        base = from + most;
        return world.pgbench.run(scripts, slice, { defines: { base: String(from), i: "-1" } });
      },
    ]);
    return {
      measure: "iban-register",
      value: Math.round(values[0]!),
      unit: "requests/s",
      against: Math.round(values[1]!),
      ratio: round(ratios[1]!),
      peakMb: Math.round(quiet.peakMb()),
      conditions: `each an account of its own with Idempotency-Key, state, version, trail and event in one transaction, by eight people confirmed a moment ago at eight institutions, ${size.ibans} accounts in the table; pgbench sends the same statements one after the other (prepared, 8 clients) and reads their values with one more; reactions in another process, none during the slices; PostgreSQL ${world.cluster.version} with fsync, ${SLICE} s slices in turns`,
    };
  } finally {
    await quiet.stop();
  }
};

/** A file of ten thousand accounts: uploaded, every row with its verdict, kept; and then applied in one transaction. */
export const bulkIbans = async (world: World): Promise<Measured> => {
  const caller = callers[0]!;
  const rows = 10_000;
  const server = await startServer(world.cluster.url, { flags: ["--without-work"] });
  try {
    const headers = { cookie: `ar_session=${caller.cookie}`, origin: server.url, "sec-fetch-site": "same-origin" };
    const base = `${server.url}/api/v1/institutions/${caller.institutionId}/pagopa/iban-imports`;
    const took: number[] = [];
    let applied = 0;
    for (let turn = 0; turn < 4; turn++) {
      const lines = ["descrizione,iban,dataattivazioneiban,operazione"];
      for (let n = 0; n < rows; n++)
        lines.push(`Conto ${n},${account(turn * rows + n, "0103005020")},31/12/2098,CREATE`);
      const form = new FormData();
      form.set("file", new Blob([lines.join("\n")]), "iban.csv");
      const began = performance.now();
      const response = await fetch(`${base}?environment=production`, { method: "POST", headers, body: form });
      const checked = (await response.json()) as { id: string; toAdd: number };
      if (turn > 0) took.push((performance.now() - began) / 1000);
      if (checked.toAdd !== rows)
        throw new Error(`not all rows were accepted: ${JSON.stringify(checked).slice(0, 500)}`);
      if (turn < 3) continue;
      const apply = performance.now();
      const done = await fetch(`${base}/${checked.id}/application?environment=production`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: "{}",
      });
      if (!done.ok) throw new Error(await done.text());
      applied = (performance.now() - apply) / 1000;
    }
    return {
      measure: "bulk-ibans",
      value: round(median(took)),
      unit: "s",
      peakMb: Math.round(server.peakMb()),
      conditions: `${rows} rows of a CSV uploaded, each checked (check digits, CIN, dates, twins, other institutions) and kept with its verdict, answer read, median of 3 after one that does not count; applying them in one transaction ${round(applied)} s; ${size.ibans} accounts in the table; PostgreSQL ${world.cluster.version} with fsync`,
    };
  } finally {
    await server.stop();
  }
};

const EXPORTED = 7_000;
/** The accounts of a partner's institutions, streamed: how soon it begins, and how much the server grows for seven thousand rows. */
export const exportInstitutions = async (world: World): Promise<Measured> => {
  const caller = callers[0]!;
  const server = await startServer(world.cluster.url, { flags: ["--without-work"] });
  try {
    const url = `${server.url}/api/v1${fillPath(api.pagopa.ibans.exportForDelegators.path, { institutionId: partnerId })}?environment=production`;
    /** Reads so many lines and hangs up. */
    const read = async (most: number): Promise<{ first: number; whole: number; lines: number }> => {
      const stop = new AbortController();
      const began = performance.now();
      const response = await fetch(url, { headers: { cookie: `ar_session=${caller.cookie}` }, signal: stop.signal });
      if (!response.ok || !response.body) throw new Error(await response.text());
      let [first, lines] = [0, 0];
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        first ||= (performance.now() - began) / 1000;
        for (const byte of chunk) if (byte === 10) lines++;
        if (lines > most) break;
      }
      stop.abort();
      return { first, whole: (performance.now() - began) / 1000, lines };
    };
    // What the first page loads and compiles is the server's, not the export's.
    await read(500);
    const before = server.peakMb();
    const turns = [await read(EXPORTED), await read(EXPORTED), await read(EXPORTED)];
    return {
      measure: "export-institutions",
      value: round(median(turns.map((t) => t.first)), 3),
      unit: "s to the first byte",
      peakMb: Math.round(server.peakMb() - before),
      conditions: `the first ${EXPORTED} accounts of ${size.portfolio} institutions of one partner as CSV, read in ${round(median(turns.map((t) => t.whole)))} s (median of 3, one after the other; fewest lines ${Math.min(...turns.map((t) => t.lines))}); growth beyond a first page of 500; PostgreSQL ${world.cluster.version}`,
    };
  } finally {
    await server.stop();
  }
};
