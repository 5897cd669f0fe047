import { fieldProblems, Iban, type IbanImportOperation, type IbanImportProblem, isPostal } from "@area/api";
import { daysAfter } from "../../platform/days.ts";
import type { WrittenRow } from "./read-import.ts";

/** What the institution has in use, and what others make of the accounts of a file. */
export type Known = {
  id: string;
  iban: string;
  description: string;
  valid_from: string;
  valid_until: string | null;
  retires_on: string | null;
  labelled: boolean;
};
export type World = {
  environment: "test" | "production";
  today: string;
  mine: ReadonlyMap<string, Known>;
  elsewhere: ReadonlyMap<string, { shared: boolean; owned: boolean }>;
  /** Codes of paper notices that other accounts carry already: code → IBAN. */
  barcodes: ReadonlyMap<string, string>;
};
export type Verdict = {
  line: number;
  file: string | null;
  operation: IbanImportOperation | null;
  iban: string;
  description: string | null;
  validFrom: string | null;
  validUntil: string | null;
  ibanId: string | null;
  verdict: "accepted" | "unchanged" | "refused";
  problem: IbanImportProblem | null;
  facts: Record<string, unknown>;
};

const operations: Record<string, IbanImportOperation | "upsert"> = {
  CREATE: "add",
  UPDATE: "change",
  DELETE: "retire",
  UPSERT: "upsert",
};
/** dd/MM/yyyy, dd-MM-yyyy, yyyy-MM-dd, and the date-times of JSON files, of which the day counts. */
export const dayIn = (text: string): string | null => {
  const written = text.trim();
  const italian = /^(\d{2})[/-](\d{2})[/-](\d{4})$/.exec(written);
  const iso = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(written);
  const day = italian ? `${italian[3]}-${italian[2]}-${italian[1]}` : (iso?.[1] ?? null);
  if (!day || day < "1900-01-01" || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  return new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().startsWith(day) ? day : null;
};

/** The first thing wrong of each row, in the order in which one would mend it. Rows are looked at together: one account once. */
export const verdictsOf = (rows: readonly (WrittenRow & { file: string | null })[], world: World): Verdict[] => {
  const tomorrow = daysAfter(world.today, 1);
  const earliest = world.environment === "production" ? tomorrow : world.today;
  const seen = new Map<string, { line: number; file: string | null }>();
  const barcodes = new Map(world.barcodes);
  const verdicts = rows.map((row): Verdict => {
    const read = Iban.safeParse(row.iban);
    const written = row.iban
      .replace(/[\s\u00a0-]+/g, "")
      .toUpperCase()
      .slice(0, 60);
    const operation = operations[row.operation];
    const known = read.success ? world.mine.get(read.data) : undefined;
    const resolved = operation === "upsert" ? (known ? "change" : "add") : (operation ?? null);
    const validFrom = row.validFrom ? dayIn(row.validFrom) : null;
    const validUntil = row.validUntil ? dayIn(row.validUntil) : null;
    const said: Verdict = {
      line: row.line,
      file: row.file,
      operation: resolved,
      iban: read.success ? read.data : written,
      description: row.description || null,
      validFrom,
      validUntil,
      ibanId: known?.id ?? null,
      verdict: "accepted",
      problem: null,
      facts: {},
    };
    const refuse = (problem: IbanImportProblem, facts: Record<string, unknown> = {}): Verdict => ({
      ...said,
      verdict: "refused",
      problem,
      facts,
    });
    if (!resolved) return refuse("operation-unknown", { written: row.operation.slice(0, 40) });
    if (!read.success) {
      const first = fieldProblems(read.error, "iban")[0];
      return refuse("iban-wrong", { rule: first?.code ?? "wrong-format", ...first?.facts });
    }
    const iban = read.data;
    const twin = seen.get(iban);
    if (twin) return refuse("repeated", { line: twin.line, ...(twin.file ? { file: twin.file } : {}) });
    seen.set(iban, { line: row.line, file: row.file });

    if (row.description.length > 300) return refuse("description-too-long", { maximum: 300 });
    if (resolved === "retire" && row.description) return refuse("description-not-here");
    if (resolved !== "retire" && !row.description) return refuse("description-missing");
    if (operation !== "upsert") {
      if (resolved !== "add" && row.validFrom) return refuse("date-not-here");
      if (resolved === "add" && !row.validFrom) return refuse("date-missing");
    }
    if ((row.validFrom && !validFrom) || (row.validUntil && !validUntil)) return refuse("date-wrong");
    if (resolved !== "add" && !known) return refuse("unknown");
    if (known && operation === "add") {
      if (known.description === row.description && known.valid_from === validFrom)
        return { ...said, verdict: "unchanged" };
      return refuse("already-registered");
    }
    const others = world.elsewhere.get(iban);
    if (resolved === "add") {
      if (!validFrom) return refuse("date-missing");
      if (validFrom < earliest) return refuse("begins-too-early", { earliest });
      if (validUntil && validUntil <= validFrom) return refuse("ends-before-it-begins");
      if (validUntil && others?.owned) return refuse("not-owner");
      if (isPostal(iban) && iban.startsWith("IT")) {
        const holder = barcodes.get(iban.slice(15));
        if (others?.shared || (holder && holder !== iban)) return refuse("of-another-institution");
        barcodes.set(iban.slice(15), iban);
      }
      return said;
    }
    const row_ = known!;
    if (resolved === "retire") {
      if (row_.retires_on) return { ...said, verdict: "unchanged" };
      if (row_.labelled) return refuse("labelled");
      return said;
    }
    if (operation !== "upsert")
      return row_.description === row.description
        ? { ...said, verdict: "unchanged" }
        : { ...said, validFrom: row_.valid_from, validUntil: row_.valid_until };
    const begins = validFrom ?? row_.valid_from;
    if (begins === row_.valid_from && validUntil === row_.valid_until && row_.description === row.description)
      return { ...said, verdict: "unchanged" };
    if (begins !== row_.valid_from) {
      if (row_.valid_from <= world.today) return refuse("already-begun");
      if (begins < earliest) return refuse("begins-too-early", { earliest });
    }
    if (validUntil && validUntil <= begins) return refuse("ends-before-it-begins");
    if (validUntil !== row_.valid_until) {
      if (validUntil && validUntil < world.today) return refuse("already-over");
      if (others?.owned) return refuse("not-owner");
    }
    return { ...said, validFrom: begins };
  });
  return world.environment === "production" ? keepOne(verdicts, world, tomorrow) : verdicts;
};

/** An institution is never left without an account that receives payments: the retirement that would do it is refused. */
const keepOne = (verdicts: Verdict[], world: World, tomorrow: string): Verdict[] => {
  const usable = (from: string | null, until: string | null) =>
    from !== null && from <= tomorrow && (until === null || until >= tomorrow);
  const changes = new Map(verdicts.filter((v) => v.verdict === "accepted").map((v) => [v.iban, v]));
  let left = [...world.mine.values()].filter((known) => {
    const change = changes.get(known.iban);
    return known.retires_on === null && change?.operation === "change"
      ? usable(change.validFrom, change.validUntil)
      : known.retires_on === null && usable(known.valid_from, known.valid_until);
  }).length;
  left += verdicts.filter(
    (v) => v.verdict === "accepted" && v.operation === "add" && usable(v.validFrom, v.validUntil),
  ).length;
  return verdicts.map((v) => {
    if (v.verdict !== "accepted" || v.operation !== "retire") return v;
    const known = world.mine.get(v.iban)!;
    if (!usable(known.valid_from, known.valid_until)) return v;
    if (left <= 1) return { ...v, verdict: "refused", problem: "last", facts: {} };
    left--;
    return v;
  });
};
