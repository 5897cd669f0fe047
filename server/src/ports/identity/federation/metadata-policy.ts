import { type Claims, isRecord } from "./signed-token.ts";

type Policy = Record<string, unknown>;

const operators = ["value", "add", "default", "one_of", "subset_of", "superset_of", "essential"] as const;
type Operator = (typeof operators)[number];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const includes = (list: readonly unknown[], value: unknown): boolean => list.some((one) => same(one, value));
/** `scope` is a list written as words. */
const listOf = (name: string, value: unknown): unknown[] =>
  Array.isArray(value) ? value : name === "scope" && typeof value === "string" ? value.split(" ") : [value];
const likeBefore = (name: string, before: unknown, list: unknown[]): unknown =>
  name === "scope" && !Array.isArray(before) ? list.join(" ") : list;

/**
 * What an entity says of itself, as its superior lets it be understood (OpenID Federation 1.0, 6.1). Operators work in the
 * order of the specification; one that is not known counts only when the superior calls it critical.
 */
export function applyPolicy(metadata: Claims, policy: unknown, critical: unknown): Claims {
  if (policy === undefined) return metadata;
  if (!isRecord(policy)) throw new Error("policy: not an object");
  const must = critical === undefined ? [] : critical;
  if (!Array.isArray(must) || must.some((name) => !operators.includes(name as Operator)))
    throw new Error("policy: a critical operator is not understood");
  const result = new Map(Object.entries(metadata));
  for (const [name, rules] of Object.entries(policy)) {
    if (!isRecord(rules)) throw new Error(`policy: ${name} is not an object`);
    const value = decide(name, result.get(name) ?? undefined, rules);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return Object.fromEntries(result);
}

function decide(name: string, given: unknown, rules: Policy): unknown {
  const rule = (operator: Operator): unknown => (Object.hasOwn(rules, operator) ? rules[operator] : undefined);
  const list = (operator: Operator): unknown[] | undefined => {
    const named = rule(operator);
    if (named === undefined) return undefined;
    if (!Array.isArray(named)) throw new Error(`policy: ${operator} of ${name} is not a list`);
    return named;
  };
  let value = given;
  if (Object.hasOwn(rules, "value")) value = rules["value"] ?? undefined;
  const added = list("add");
  if (added) {
    const before = value === undefined ? [] : listOf(name, value);
    value = likeBefore(name, value ?? [], [...before, ...added.filter((one) => !includes(before, one))]);
  }
  if (value === undefined) value = rule("default") ?? undefined;
  const oneOf = list("one_of");
  if (oneOf && value !== undefined && !includes(oneOf, value))
    throw new Error(`policy: ${name} is not one of those allowed`);
  const subset = list("subset_of");
  if (subset && value !== undefined) {
    const kept = listOf(name, value).filter((one) => includes(subset, one));
    value = kept.length ? likeBefore(name, value, kept) : undefined;
  }
  const superset = list("superset_of");
  if (superset && value !== undefined && !superset.every((one) => includes(listOf(name, value), one)))
    throw new Error(`policy: ${name} lacks what it must have`);
  if (rule("essential") === true && value === undefined) throw new Error(`policy: ${name} is missing`);
  return value;
}
