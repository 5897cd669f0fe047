import type { DelegationEnvironment, DelegationState, PortfolioBlock } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import { plain } from "../registries/index.ts";

export type PortfolioFinding = {
  kind: string;
  severity: "critical" | "attention" | "progress";
  environment: "test" | "production" | null;
  dueAt: string | null;
};
export type PortfolioRow = {
  delegation_id: string;
  institution_id: string;
  name: string;
  tax_code: string;
  ipa_code: string | null;
  city: string | null;
  product_id: string;
  environment: DelegationEnvironment;
  state: DelegationState;
  begins_at: Date | null;
  ends_at: Date | null;
  due_at: Date | null;
  findings: PortfolioFinding[];
  blocks: PortfolioBlock[];
  served_by: string[];
  word: string;
  due_key: string;
};
export type PortfolioFilter = {
  search?: string | undefined;
  productId?: string | undefined;
  environment?: "test" | "production" | undefined;
  state?: DelegationState | undefined;
  block?: PortfolioBlock | "none" | undefined;
  finding?: string | undefined;
  order: "name" | "due";
};
export type PortfolioKey = { word: string; due: string; name: string; id: string };

/** What is typed, word by word: the longest leads the walk of the index, the others must be there too. At most eight. */
export const wordsTyped = (search: string | undefined): { driver: string; others: string[] } | null => {
  const words = plain(search ?? "")
    .split(" ")
    .filter(Boolean)
    .slice(0, 8);
  const driver = [...words].sort((a, b) => b.length - a.length)[0];
  return driver ? { driver, others: words.filter((w) => w !== driver) } : null;
};

const OPEN = "v.state in ('offered', 'asked', 'active', 'suspended')";
const UNASSIGNED = `not exists (select 1 from delegation_assignments a where a.partner_id = v.partner_id and a.product_id = v.product_id
  and (a.delegation_id = v.delegation_id or a.delegation_id is null))`;
/** What stops the work for an institution, each as a condition on its row; $3 is now, $4 the day until which an end is near. */
const blocks: Record<PortfolioBlock, string> = {
  "to-accept": "v.state = 'offered'",
  waiting: "v.state = 'asked'",
  suspended: "v.state = 'suspended'",
  expiring: "(v.state in ('active', 'suspended') and v.ends_at is not null and v.ends_at > $3 and v.ends_at <= $4)",
  unassigned: `(v.state = 'active' and ${UNASSIGNED})`,
  finding: "(v.state in ('active', 'suspended') and v.findings <> '[]')",
};
const names = Object.keys(blocks) as PortfolioBlock[];
const anyBlock = `(${names.map((n) => blocks[n]).join(" or ")})`;
const BLOCKS = `array_remove(array[${names.map((n) => `case when ${blocks[n]} then '${n}' end`).join(", ")}], null)`;
const SERVED = `array(select distinct coalesce(p.given_name || ' ' || p.family_name, g.name, '*') from delegation_assignments a
  left join persons p on p.id = a.person_id left join groups g on g.id = a.group_id
  where a.partner_id = v.partner_id and a.product_id = v.product_id and (a.delegation_id = v.delegation_id or a.delegation_id is null) limit 20)`;
const COLUMNS = `v.delegation_id, v.institution_id, v.name, v.tax_code, v.ipa_code, v.city, v.product_id, v.environment, v.state, v.begins_at, v.ends_at, v.due_at, v.findings`;

/**
 * A page of a partner's portfolio. By name or by date it walks an index and stops; with words it walks the range of the longest
 * one. Conditions that are not asked for are left out of the text, so that each shape is planned once and well.
 */
const statement = (
  filter: PortfolioFilter,
  words: ReturnType<typeof wordsTyped>,
  after: PortfolioKey | null,
  limit: number,
  times: { now: Date; soon: Date },
  partnerId: string,
): [string, unknown[]] => {
  const values: unknown[] = [partnerId, limit, times.now, times.soon];
  const value = (v: unknown) => `$${values.push(v)}`;
  const conditions: string[] = [filter.state ? `v.state = ${value(filter.state)}` : OPEN];
  if (filter.productId) conditions.push(`v.product_id = ${value(filter.productId)}`);
  if (filter.environment) conditions.push(`v.environment in (${value(filter.environment)}, 'both')`);
  if (filter.block) conditions.push(filter.block === "none" ? `not ${anyBlock}` : blocks[filter.block]);
  if (filter.finding)
    conditions.push(`v.findings @> jsonb_build_array(jsonb_build_object('kind', ${value(filter.finding)}::text))`);
  const shown = (from: string, order: string, word: string, due: string) =>
    `select ${COLUMNS}, ${word} as word, (${due})::text as due_key, ${BLOCKS} as blocks, ${SERVED} as served_by
       from ${from} where ${conditions.join(" and ")} order by ${order} limit $2`;
  if (words) {
    const driver = value(words.driver);
    conditions.push(
      "w.partner_id = $1",
      `w.word >= ${driver} and w.word < ${driver} || '~'`,
      `not exists (select 1 from delegation_words b where b.delegation_id = w.delegation_id and b.word >= ${driver} and b.word < w.word)`,
      ...words.others.map((other) => {
        const o = value(other);
        return `exists (select 1 from delegation_words b where b.delegation_id = w.delegation_id and b.word >= ${o} and b.word < ${o} || '~')`;
      }),
    );
    if (after)
      conditions.push(
        `(w.word, w.name, w.delegation_id) > (${value(after.word)}, ${value(after.name)}, ${value(after.id)}::uuid)`,
      );
    return [
      shown(
        "delegation_words w join delegation_portfolio v on v.delegation_id = w.delegation_id",
        "w.word, w.name, w.delegation_id",
        "w.word",
        "null::timestamptz",
      ),
      values,
    ];
  }
  conditions.push("v.partner_id = $1");
  const due = "coalesce(v.due_at, 'infinity'::timestamptz)";
  if (after)
    conditions.push(
      filter.order === "due"
        ? `(${due}, v.name, v.delegation_id) > (${value(after.due)}::timestamptz, ${value(after.name)}, ${value(after.id)}::uuid)`
        : `(v.name, v.delegation_id) > (${value(after.name)}, ${value(after.id)}::uuid)`,
    );
  return [
    shown(
      "delegation_portfolio v",
      filter.order === "due" ? `${due}, v.name, v.delegation_id` : "v.name, v.delegation_id",
      "''::text",
      due,
    ),
    values,
  ];
};

export const portfolioOf = async (
  connection: Connection,
  partnerId: string,
  ask: PortfolioFilter & { after: PortfolioKey | null; limit: number; now: Date; soon: Date },
): Promise<PortfolioRow[]> => {
  const { after, limit, now, soon, ...filter } = ask;
  const words = wordsTyped(filter.search);
  if (filter.search?.trim() && !words) return [];
  return (await connection.query<PortfolioRow>(...statement(filter, words, after, limit, { now, soon }, partnerId)))
    .rows;
};

/** How many are open, how many have nothing in the way, and how many each thing stops: one pass over the partner's rows. */
export const summaryOf = async (
  connection: Connection,
  partnerId: string,
  ask: { productId: string | null; now: Date; soon: Date },
) => {
  const { rows } = await connection.query<
    { open: number; fine: number } & Record<PortfolioBlock, number> & { findings: { kind: string; count: number }[] }
  >(
    `with mine as (select v.* from delegation_portfolio v where v.partner_id = $1 and ($2::text is null or v.product_id = $2) and ${OPEN})
     select count(*)::int as open, count(*) filter (where not ${anyBlock})::int as fine,
       ${names.map((n) => `count(*) filter (where ${blocks[n]})::int as "${n}"`).join(", ")},
       (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'count', k.count) order by k.count desc, k.kind), '[]')
          from (select f ->> 'kind' as kind, count(*)::int as count from mine m, jsonb_array_elements(m.findings) f where m.state in ('active', 'suspended') group by 1) k) as findings
     from mine v`,
    [partnerId, ask.productId, ask.now, ask.soon],
  );
  return rows[0]!;
};

export type MandateItem = {
  word: string;
  id: string;
  institution_id: string;
  name: string;
  tax_code: string;
  city: string | null;
  partner_id: string;
  partner_name: string;
  product_id: string;
  environment: DelegationEnvironment;
  state: "active" | "suspended";
  permissions: string[];
  begins_at: Date | null;
  ends_at: Date | null;
  findings: PortfolioFinding[];
};
/** For whom the person in the transaction's settings may act. */
export const mandatesOf = async (
  connection: Connection,
  ask: {
    search: string | undefined;
    after: { word: string; name: string; id: string } | null;
    limit: number;
    now: Date;
  },
): Promise<MandateItem[]> => {
  const words = wordsTyped(ask.search);
  if (ask.search?.trim() && !words) return [];
  return (
    await connection.query<MandateItem>("select * from my_mandates($1, $2, $3, $4, $5, $6, $7)", [
      words?.driver ?? null,
      words?.others ?? [],
      ask.after?.word ?? null,
      ask.after?.name ?? null,
      ask.after?.id ?? null,
      ask.limit,
      ask.now,
    ])
  ).rows;
};
