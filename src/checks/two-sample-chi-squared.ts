/**
 * Pearson's chi-squared test of two samples in common bins, both taken as samples: unlike a
 * goodness-of-fit test it does not take the baseline's shares for the truth.
 */
import { chiSquaredUpperTail } from "./chi-squared-distribution.ts";

/** The least expected count of a group on either side. */
const EXPECTED_MIN = 5;

export interface TwoSampleTest {
  /** Sum of (observed - expected)^2 / expected over the groups of both sides. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Tests weights of the same bins. Rare bins join others, the rarest of both sides together first,
 * until each group is expected to hold 5 on both sides. `slack` is a share by which a group may be
 * off without any difference, as sketches' are. Undefined where fewer than two groups are left.
 */
export function twoSampleChiSquared(
  current: readonly number[],
  baseline: readonly number[],
  slack: number,
): TwoSampleTest | undefined {
  const n = sumOf(current);
  const m = sumOf(baseline);
  if (n === 0 || m === 0) return undefined;
  const least = (EXPECTED_MIN * (n + m)) / Math.min(n, m);
  const groups = joinRare(current, baseline, least);
  if (groups.length < 2) return undefined;
  const effective = (n * m) / (n + m);
  const statistic = sumOf(
    groups.map(({ a, b }) => {
      const gap = Math.max(0, Math.abs(a / n - b / m) - slack);
      return (effective * gap ** 2) / ((a + b) / (n + m));
    }),
  );
  const degreesOfFreedom = groups.length - 1;
  return { statistic, degreesOfFreedom, pValue: chiSquaredUpperTail(statistic, degreesOfFreedom) };
}

interface Group {
  a: number;
  b: number;
}

/** Groups of at least `least` weight of both sides, from the rarest bin up. */
function joinRare(a: readonly number[], b: readonly number[], least: number): Group[] {
  const bins = a
    .map((weight, i): Group => ({ a: weight, b: b[i]! }))
    .filter((bin) => bin.a + bin.b > 0)
    .sort((x, y) => x.a + x.b - (y.a + y.b));
  const groups: Group[] = [];
  let open: Group = { a: 0, b: 0 };
  for (const bin of bins) {
    open = { a: open.a + bin.a, b: open.b + bin.b };
    if (open.a + open.b < least) continue;
    groups.push(open);
    open = { a: 0, b: 0 };
  }
  const last = groups.at(-1);
  if (last === undefined) return [];
  last.a += open.a;
  last.b += open.b;
  return groups;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
