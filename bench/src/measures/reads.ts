import { createHash } from "node:crypto";
import { type AnyEndpoint, api, fillPath } from "@area/api";
import { exponentOf, inTurns, type Measured, round, SLICE, type World } from "../measure.ts";
import { body, place } from "../names.ts";
import { type Script, scriptOf, textOf } from "../pgbench.ts";
import type { Statement } from "../recorded.ts";
import { callers, partnerId, size, withClient } from "../seed.ts";
import { requestText } from "../server.ts";

/** The statements of a read without what every request sends: begin, settings, session and permission, commit. */
const workOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ sql }) => !/^(begin|commit|rollback|select set_config)|from sessions s /.test(sql));
const decisionOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ sql }) => /from sessions s /.test(sql));

export type Caller = { cookie: string; personId: string; institutionId: string };
type Ask = { path: string; query?: Record<string, string>; params?: Record<string, string> };
/** One turn of a caller: requests that follow each other, and the same as recorded statements. */
type Turn = { caller: Caller; asks: Ask[]; statements: Statement[][] };

export type Read = {
  name: string;
  /** Requests in one turn: pgbench counts scripts, we count requests. */
  each: number;
  turns: Turn[];
  /** The whole transactions, and the work (or the decision) alone for the first caller. */
  same: Script[];
  alone: Script[];
  settings: Record<string, string>;
};

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/**
 * Long turns as one script, so that pgbench too prepares each statement once and not once per person: what differs between
 * the turns is read first, in a row of its own.
 */
const inOneScript = async (world: World, turns: readonly Turn[]) => {
  const flat = turns.map((t) => t.statements.flat());
  const columns: string[] = [];
  const nullable = new Set<string>();
  const values: string[][] = turns.map(() => []);
  const places = flat[0]!.map(({ parameters }, s) =>
    parameters.map((_, p) => {
      const texts = flat.map((statements) => {
        const value = statements[s]!.parameters[p];
        return value === null || value === undefined ? "" : textOf(value);
      });
      if (texts.every((text) => text === texts[0])) return null;
      const column = `v${columns.length}`;
      columns.push(column);
      if (texts.includes("")) nullable.add(column);
      texts.forEach((text, t) => {
        values[t]!.push(text);
      });
      return column;
    }),
  );
  await withClient(world.cluster.url, async (client) => {
    await client.query(
      `drop table if exists bench_turns; create table bench_turns (n int primary key, ${columns.map((c) => `${c} text`).join(", ")})`,
    );
    for (const [n, row] of values.entries())
      await client.query(
        `insert into bench_turns values (${n}, ${columns.map((_, i) => `$${i + 1}`).join(", ")})`,
        row,
      );
    await client.query("grant select on bench_turns to ar_app; analyze bench_turns");
  });
  return (wanted: (statement: Statement) => boolean): Script => {
    const kept = flat[0]!.flatMap((statement, s) => (wanted(statement) ? [{ statement, place: places[s]! }] : []));
    const used = new Set(kept.flatMap(({ place }) => place.flatMap((c) => (c ? [c] : []))));
    const script = scriptOf(
      kept.map(({ statement }) => statement),
      "t",
      (_, s, p) => {
        const column = kept[s]!.place[p];
        return column ? (nullable.has(column) ? `nullif(:${column}, '')` : `:${column}`) : null;
      },
    );
    return {
      text: `\\set n random(0, ${turns.length - 1})\nselect ${[...used].join(", ")} from bench_turns where n = :n \\gset\n${script.text}`,
      defines: script.defines,
    };
  };
};

export const prepareRead = async (
  world: World,
  name: string,
  endpoint: AnyEndpoint,
  asksOf: (caller: Caller, i: number) => Ask[],
  alone: "work" | "decision",
  from: readonly Caller[] = callers,
): Promise<Read> => {
  const turns: Turn[] = [];
  for (const [i, caller] of from.entries()) {
    const asks = asksOf(caller, i);
    const statements: Statement[][] = [];
    for (const ask of asks)
      statements.push(
        (
          await world.recorder.record(endpoint, {
            params: ask.params ?? {},
            query: ask.query ?? {},
            sessionHash: sha256(caller.cookie),
          })
        ).statements,
      );
    turns.push({ caller, asks, statements });
  }
  world.loader.prepare(
    name,
    turns[0]!.asks.flatMap((_, k) =>
      turns.map((t) => requestText(world.server, { method: "GET", path: t.asks[k]!.path, cookie: t.caller.cookie })),
    ),
  );
  const chosen = turns[0]!.asks.length > 1 ? await inOneScript(world, turns) : null;
  const pick = alone === "work" ? workOf : decisionOf;
  // Without row-level security between them, every caller's statements; else those of one, whose settings the session carries.
  const guarded = endpoint !== (api.registries.search as AnyEndpoint);
  return {
    name,
    each: turns[0]!.asks.length,
    turns,
    same: chosen ? [chosen(() => true)] : turns.map((t, i) => scriptOf(t.statements.flat(), `t${i}`)),
    alone: chosen
      ? [chosen((statement) => pick([statement]).length > 0)]
      : (guarded ? turns.slice(0, 1) : turns).map((t, i) => scriptOf(t.statements.flatMap(pick), `w${i}`)),
    settings: guarded
      ? {
          "app.person": turns[0]!.caller.personId,
          "app.institution": turns[0]!.asks[0]!.params?.["institutionId"] ?? turns[0]!.caller.institutionId,
        }
      : {},
  };
};

export const pathOf = (ask: {
  endpoint: AnyEndpoint;
  params?: Record<string, string>;
  query?: Record<string, string>;
}): Ask => {
  const query = new URLSearchParams(ask.query ?? {}).toString();
  return {
    path: `/api/v1${fillPath(ask.endpoint.path, ask.params ?? {})}${query ? `?${query}` : ""}`,
    ...(ask.query ? { query: ask.query } : {}),
    ...(ask.params ? { params: ask.params } : {}),
  };
};

/** What eight people type, from the second letter to the twelfth: half begin with the kind of body, half with its place. */
const typed = (i: number): string => {
  const n = 3 + i * 5;
  const text = i % 2 ? `${place(n)} ${body(n).name.split(" ")[0]}` : body(n).name;
  return text.toLowerCase().padEnd(12, "a").slice(0, 12);
};

export const reads = {
  "registry-search": (world: World) =>
    prepareRead(
      world,
      "registry-search",
      api.registries.search,
      (_, i) =>
        Array.from({ length: 11 }, (_, k) =>
          pathOf({
            endpoint: api.registries.search,
            query: {
              search: typed(i)
                .slice(0, k + 2)
                .trim()
                .padEnd(2, "a"),
            },
          }),
        ),
      "work",
    ),
  "my-institutions": (world: World) =>
    prepareRead(
      world,
      "my-institutions",
      api.people.myInstitutions,
      () => [pathOf({ endpoint: api.people.myInstitutions, query: { limit: "20" } })],
      "work",
    ),
  "ibans-list": (world: World) =>
    prepareRead(
      world,
      "ibans-list",
      api.pagopa.ibans.list,
      (c) => [
        pathOf({
          endpoint: api.pagopa.ibans.list,
          params: { institutionId: c.institutionId },
          query: { environment: "production", limit: "50" },
        }),
      ],
      "work",
    ),
  decision: (world: World) =>
    prepareRead(
      world,
      "decision",
      api.findings.list,
      (c) => [pathOf({ endpoint: api.findings.list, params: { institutionId: c.institutionId } })],
      "decision",
    ),
  "audit-page": (world: World) =>
    prepareRead(
      world,
      "audit-page",
      api.audit.trail,
      (c) => [
        pathOf({ endpoint: api.audit.trail, params: { institutionId: c.institutionId }, query: { limit: "20" } }),
      ],
      "work",
    ),
  "delegations-list": (world: World) =>
    prepareRead(
      world,
      "delegations-list",
      api.delegations.received,
      (_, i) => [
        pathOf({
          endpoint: api.delegations.received,
          params: { institutionId: partnerId },
          query: { limit: "50", search: typed(i).split(" ").pop()!.slice(0, 3) },
        }),
      ],
      "work",
    ),
};
export type ReadName = keyof typeof reads;

const ours = (world: World, read: Read, clients?: number) => async (slice: number) => {
  const load = await world.loader.load(world.server, read.name, slice, clients ? { clients } : {});
  return load.served / load.seconds;
};
const theirs = (world: World, read: Read, which: "same" | "alone") => async (slice: number) =>
  (await world.pgbench.run(read[which], slice, which === "alone" ? { settings: read.settings } : {})) * read.each;

export type Growth = { size: number; ours: number; alone: number }[];
/** One point of a growth curve: requests a second of the server, and of the bare statement. */
export const growthPoint = async (world: World, read: Read, at: number): Promise<Growth[number]> => {
  const { values } = await inTurns([ours(world, read), theirs(world, read, "alone")], 2);
  return { size: at, ours: values[0]!, alone: values[1]! };
};

const told: Record<ReadName, string> = {
  "registry-search": `as-you-type among ${size.bodies} invented bodies, 2 to 12 letters, 8 people`,
  "my-institutions": "first page of a person's 20 institutions, with profiles and things to do",
  "ibans-list": `an institution's six accounts among ${size.ibans}, 8 people at 8 institutions, permission asked and labels read`,
  decision: "GET of an empty list of findings, permission asked in one statement",
  "delegations-list": `first page of 50 of a partner's ${size.portfolio} delegations, what 8 people typed (3 letters), among ${size.delegations}`,
  "audit-page": `first page of 20 of an institution's ${Math.round(size.auditRows / 80)} lines, among ${size.auditRows}`,
};

export const measureRead = async (
  world: World,
  read: Read,
  name: string,
  growth: Growth | null,
  what = told[name as ReadName],
): Promise<Measured> => {
  const { values, ratios } = await inTurns([
    ours(world, read),
    theirs(world, read, "same"),
    theirs(world, read, "alone"),
  ]);
  const points = growth?.map((p) => `${p.size}: ${Math.round(p.ours)}/s, bare ${Math.round(p.alone)}/s`).join("; ");
  return {
    measure: name,
    value: Math.round(values[0]!),
    unit: "requests/s",
    against: Math.round(values[1]!),
    ratio: round(ratios[1]!),
    ...(growth ? { exponent: round(exponentOf(growth.map((p) => ({ size: p.size, seconds: 1 / p.alone })))) } : {}),
    peakMb: Math.round(world.server.peakMb()),
    conditions: [
      what,
      `PostgreSQL ${world.cluster.version} with fsync, 8 keep-alive connections, ${SLICE} s slices in turns with pgbench, which sends the same ${read.turns[0]!.statements[0]!.length} statements of the request (prepared, 8 clients)`,
      `ratio to ${name === "decision" ? "the decision's statement" : "the request's own work"} alone, without begin, settings, permission and commit: ${round(ratios[2]!)} of ${Math.round(values[2]!)}/s`,
      ...(growth
        ? [
            `exponent of the bare statement over ${points}; of the server's requests ${round(exponentOf(growth.map((p) => ({ size: p.size, seconds: 1 / p.ours }))))}`,
          ]
        : []),
    ].join("; "),
  };
};
