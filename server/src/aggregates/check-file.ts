import {
  AGGREGATE_MAX_ROWS,
  type AggregateProblem,
  admissionOf,
  hasPersonCheck,
  isProblem,
  kindInRegistry,
  Problem,
  type ProductConfiguration,
  RecipientCode,
  TaxCode,
  VatNumber,
} from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import { readRows } from "../registries/index.ts";
import type { RowToKeep } from "./store.ts";
import * as store from "./store.ts";

/** Lines of the model that explain the columns: not rows. */
const withoutNotes = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes).toString("latin1");
  return /^("?\(\*|"?Note:)/m.test(text) ? Buffer.from(text.replace(/^("?\(\*|"?Note:).*$/gm, ""), "latin1") : bytes;
};
const keyOf = (taxCode: string, kind: string | null, code: string | null) => `${taxCode} ${kind ?? ""} ${code ?? ""}`;

/**
 * Every row with its verdict: none is dropped, and the first thing wrong is said. What the registry and the portal know is asked
 * for all rows together.
 */
export const checkFile = async (
  connection: Connection,
  bytes: Uint8Array,
  of: { productId: string; configuration: ProductConfiguration; ownTaxCode: string },
): Promise<RowToKeep[]> => {
  let read: ReturnType<typeof readRows>;
  try {
    read = readRows(withoutNotes(bytes), ["taxCode"], "nessun ente");
  } catch (error) {
    if (isProblem(error) && error.code === "registry-file-malformed")
      throw new Problem("aggregate-file-malformed", error.facts);
    throw error;
  }
  if (read.length > AGGREGATE_MAX_ROWS) throw new Problem("aggregate-file-too-long", { maximum: AGGREGATE_MAX_ROWS });

  const seen = new Map<string, number>();
  const rows = read.map((row): RowToKeep => {
    const text = (name: string) => row.field(name).replace(/\s+/g, "").toUpperCase() || null;
    const [taxCode, vatNumber, recipientCode] = [text("taxCode"), text("vatNumber"), text("recipientCode")];
    const [unitKind, unitCode] = [text("subunitType"), text("subunitCode")];
    const kept: RowToKeep = {
      line: row.line,
      taxCode: taxCode ?? "",
      unitKind: unitKind === "AOO" || unitKind === "UO" ? unitKind : null,
      unitCode,
      vatNumber,
      recipientCode,
      name: null,
      problem: null,
      facts: {},
    };
    const refuse = (problem: AggregateProblem, facts: Record<string, unknown> = {}): RowToKeep => ({
      ...kept,
      problem,
      facts,
    });
    if (!TaxCode.safeParse(taxCode ?? "").success || hasPersonCheck(taxCode ?? "")) return refuse("tax-code-wrong");
    if (vatNumber && !VatNumber.safeParse(vatNumber).success) return refuse("vat-number-wrong");
    if (recipientCode && !RecipientCode.safeParse(recipientCode).success) return refuse("recipient-code-wrong");
    if ((unitKind === null) !== (unitCode === null) || (unitKind !== null && kept.unitKind === null))
      return refuse("unit-incomplete");
    const key = keyOf(kept.taxCode, kept.unitKind, kept.unitCode);
    const twin = seen.get(key);
    if (twin !== undefined) return refuse("repeated", { line: twin });
    seen.set(key, row.line);
    return kept;
  });

  const open = rows.filter((r) => r.problem === null);
  const taxCodes = [...new Set(open.map((r) => r.taxCode))];
  const bodies = new Map<string, Awaited<ReturnType<typeof store.knownBodies>>>();
  for (const b of await store.knownBodies(connection, taxCodes))
    bodies.set(b.tax_code, [...(bodies.get(b.tax_code) ?? []), b]);
  const units = new Map(
    (await store.knownUnits(connection, [...new Set(open.flatMap((r) => r.unitCode ?? []))])).map((u) => [
      `${u.kind} ${u.code.toUpperCase()}`,
      u,
    ]),
  );
  const active = new Set(
    (await store.activeAlready(connection, of.productId, taxCodes)).map((a) =>
      keyOf(a.tax_code, a.unit_kind, a.unit_code),
    ),
  );
  const verdict = (r: RowToKeep): [AggregateProblem, Record<string, unknown>?] | { name: string } => {
    if (r.taxCode === of.ownTaxCode && !r.unitKind) return ["own"];
    const found = bodies.get(r.taxCode) ?? [];
    const alive = found.filter((b) => b.state === "active");
    if (found.length === 0) return ["not-in-registry"];
    if (alive.length === 0) return ["ended"];
    if (alive.length > 1) return ["ambiguous", { codes: alive.map((b) => b.ipa_code).join(", ") }];
    const body = alive[0]!;
    const kind = kindInRegistry(body.category);
    const admission = admissionOf(of.configuration, kind, "IPA");
    if (!admission || (admission.categories && !admission.categories.includes(body.category)))
      return ["kind-not-admitted", { kind }];
    let { name } = body;
    if (r.unitKind) {
      const unit = units.get(`${r.unitKind} ${r.unitCode!.toUpperCase()}`);
      if (!of.configuration.units || unit?.ipa_code !== body.ipa_code || unit.state !== "active")
        return ["unit-unknown"];
      name = unit.name;
    }
    if (active.has(keyOf(r.taxCode, r.unitKind, r.unitCode))) return ["already-active"];
    return { name };
  };
  return rows.map((r) => {
    if (r.problem) return r;
    const said = verdict(r);
    return Array.isArray(said) ? { ...r, problem: said[0], facts: said[1] ?? {} } : { ...r, name: said.name };
  });
};
