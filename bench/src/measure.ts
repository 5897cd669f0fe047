import type { Cluster } from "./cluster.ts";
import type { Pgbench } from "./pgbench.ts";
import type { RequestRecorder } from "./recorded.ts";
import type { Loader, Server } from "./server.ts";

/** One line of the answer, with the keys that apply. */
export type Measured = {
  measure: string;
  value?: number;
  unit?: string;
  against?: number;
  ratio?: number;
  exponent?: number;
  peakMb?: number;
  conditions: string;
};

/** What a measure stands on: a server on a seeded PostgreSQL, the load, and pgbench beside it. */
export type World = { cluster: Cluster; server: Server; loader: Loader; pgbench: Pgbench; recorder: RequestRecorder };

/** Seconds of a slice, and how many times both sides take turns. */
export const SLICE = Number(process.env["BENCH_SLICE"] ?? 2);
export const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 4);

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The slope of log time against log size: 0 does not grow, 1 grows with it. */
export const exponentOf = (points: readonly { size: number; seconds: number }[]): number => {
  const xs = points.map((p) => Math.log(p.size));
  const ys = points.map((p) => Math.log(p.seconds));
  const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(xs), mean(ys)];
  return xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i]! - my), 0) / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
};

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export type Side = (slice: number) => Promise<number>;
/** Takes turns, in alternating order, after a short turn of each that does not count; medians, and medians of the ratios to the first. */
export const inTurns = async (
  sides: readonly Side[],
  rounds = ROUNDS,
): Promise<{ values: number[]; ratios: number[] }> => {
  const seen: number[][] = sides.map(() => []);
  for (let r = -1; r < rounds; r++) {
    const order = sides.map((_, i) => i);
    if (r % 2) order.reverse();
    for (const i of order) {
      const value = await sides[i]!(r < 0 ? Math.min(SLICE, 2) : SLICE);
      if (r >= 0) seen[i]!.push(value);
    }
  }
  return { values: seen.map(median), ratios: seen.map((values) => median(values.map((v, r) => seen[0]![r]! / v))) };
};
