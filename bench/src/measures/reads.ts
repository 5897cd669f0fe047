import { createHash } from "node:crypto";
import { api, type AnyEndpoint, fillPath } from "@area/api";
import { exponentOf, inTurns, type Measured, round, SLICE, type World } from "../measure.ts";
import { body, place } from "../names.ts";
import { type Script, scriptOf } from "../pgbench.ts";
import type { Statement } from "../recorded.ts";
import { callers, size } from "../seed.ts";
import { requestText } from "../server.ts";

/** The statements of a read without what every request sends: begin, settings, session and permission, commit. */
const workOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ sql }) => !/^(begin|commit|rollback|select set_config)|from sessions s /.test(sql));
const decisionOf = (statements: readonly Statement[]): Statement[] => statements.filter(({ sql }) => /from sessions s /.test(sql));

type Caller = (typeof callers)[number];
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

const prepareRead = async (world: World, name: string, endpoint: AnyEndpoint, asksOf: (caller: Caller, i: number) => Ask[], alone: "work" | "decision"): Promise<Read> => {
  const turns: Turn[] = [];
  for (const [i, caller] of callers.entries()) {
    const asks = asksOf(caller, i);
    const statements: Statement[][] = [];
    for (const ask of asks)
      statements.push((await world.recorder.record(endpoint, { params: ask.params ?? {}, query: ask.query ?? {}, sessionHash: sha256(caller.cookie) })).statements);
    turns.push({ caller, asks, statements });
  }
  world.loader.prepare(
    name,
    turns[0]!.asks.flatMap((_, k) => turns.map((t) => requestText(world.server, { method: "GET", path: t.asks[k]!.path, cookie: t.caller.cookie }))),
  );
  const pick = alone === "work" ? workOf : decisionOf;
  // Without row-level security between them, every caller's statements; else those of one, whose settings the session carries.
  const guarded = endpoint !== (api.registries.search as AnyEndpoint);
  return {
    name,
    each: turns[0]!.asks.length,
    turns,
    same: turns.map((t, i) => scriptOf(t.statements.flat(), `t${i}`)),
    alone: (guarded ? turns.slice(0, 1) : turns).map((t, i) => scriptOf(t.statements.flatMap(pick), `w${i}`)),
    settings: guarded ? { "app.person": turns[0]!.caller.personId, "app.institution": turns[0]!.caller.institutionId } : {},
  };
};

const pathOf = (ask: { endpoint: AnyEndpoint; params?: Record<string, string>; query?: Record<string, string> }): Ask => {
  const query = new URLSearchParams(ask.query ?? {}).toString();
  return { path: `/api/v1${fillPath(ask.endpoint.path, ask.params ?? {})}${query ? `?${query}` : ""}`, ...(ask.query ? { query: ask.query } : {}), ...(ask.params ? { params: ask.params } : {}) };
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
      (_, i) => Array.from({ length: 11 }, (_, k) => pathOf({ endpoint: api.registries.search, query: { search: typed(i).slice(0, k + 2).trim().padEnd(2, "a") } })),
      "work",
    ),
  "my-institutions": (world: World) =>
    prepareRead(world, "my-institutions", api.people.myInstitutions, () => [pathOf({ endpoint: api.people.myInstitutions, query: { limit: "20" } })], "work"),
  decision: (world: World) =>
    prepareRead(world, "decision", api.findings.list, (c) => [pathOf({ endpoint: api.findings.list, params: { institutionId: c.institutionId } })], "decision"),
  "audit-page": (world: World) =>
    prepareRead(world, "audit-page", api.audit.trail, (c) => [pathOf({ endpoint: api.audit.trail, params: { institutionId: c.institutionId }, query: { limit: "20" } })], "work"),
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
  const { values } = await inTurns([ours(world, read), theirs(world, read, "alone")], 3);
  return { size: at, ours: values[0]!, alone: values[1]! };
};

const told: Record<ReadName, string> = {
  "registry-search": `as-you-type among ${size.bodies} invented bodies, 2 to 12 letters, 8 people`,
  "my-institutions": "first page of a person's 20 institutions, with profiles and things to do",
  decision: "GET of an empty list of findings, permission asked in one statement",
  "audit-page": `first page of 20 of an institution's ${Math.round(size.auditRows / 80)} lines, among ${size.auditRows}`,
};

export const measureRead = async (world: World, read: Read, name: ReadName, growth: Growth | null): Promise<Measured> => {
  const { values, ratios } = await inTurns([ours(world, read), theirs(world, read, "same"), theirs(world, read, "alone")]);
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
      told[name],
      `PostgreSQL ${world.cluster.version} with fsync, 8 keep-alive connections, ${SLICE} s slices in turns with pgbench, which sends the same ${read.turns[0]!.statements[0]!.length} statements of the request (prepared, 8 clients)`,
      `ratio to ${name === "decision" ? "the decision's statement" : "the request's own work"} alone, without begin, settings, permission and commit: ${round(ratios[2]!)} of ${Math.round(values[2]!)}/s`,
      ...(growth ? [`exponent of the bare statement over ${points}; of the server's requests ${round(exponentOf(growth.map((p) => ({ size: p.size, seconds: 1 / p.ours }))))}`] : []),
    ].join("; "),
  };
};
