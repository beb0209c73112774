/**
 * The default rules of other tools, written anew from their published formulas; `source` names
 * where each was read. A rule is true where the tool would call the feature drifted.
 */
import { chiSquaredUpperTail } from "../../src/checks/chi-squared-distribution.ts";
import { sampleMargin } from "../../src/checks/sample-margin.ts";
import {
  hellinger,
  jensenShannon,
  largestGap,
  momentsOf,
  overBoth,
  overDeciles,
  psi,
  type Shares,
  sharesOf,
  sturges,
  wasserstein,
} from "./sample-shape.ts";

export interface PeerRule {
  readonly name: string;
  readonly source: string;
}

export interface NumberRule extends PeerRule {
  /** Takes sorted values without missing ones. */
  readonly isDrift: (reference: Float64Array, current: Float64Array) => boolean;
}

export interface CategoryRule extends PeerRule {
  /** Takes counts of the same categories. */
  readonly isDrift: (reference: readonly number[], current: readonly number[]) => boolean;
}

/** Kolmogorov's asymptotic tail. */
function gapTail(gap: number, n: number, m: number): number {
  const x = gap * Math.sqrt((n * m) / (n + m));
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * x) ** 2);
  return Math.min(1, Math.max(0, sum));
}

function gapChance(reference: Float64Array, current: Float64Array): number {
  return gapTail(largestGap(reference, current), current.length, reference.length);
}

function sturgesOfBoth(reference: Float64Array, current: Float64Array): Shares {
  return overBoth(reference, current, sturges(reference.length + current.length));
}

/** Distances are in units of the reference's deviation. */
function isFar(reference: Float64Array, current: Float64Array): boolean {
  return wasserstein(reference, current) / Math.max(momentsOf(reference).sd, 0.001) >= 0.1;
}

function countsOf(values: Float64Array, among: ReadonlyMap<number, number>): number[] {
  const counts = new Array<number>(among.size).fill(0);
  for (const value of values) counts[among.get(value)!]! += 1;
  return counts;
}

/** At most so many distinct values; undefined beyond. */
function fewValues(max: number, ...sides: Float64Array[]): Map<number, number> | undefined {
  const places = new Map<number, number>();
  for (const side of sides) {
    for (const value of side) {
      if (!places.has(value)) places.set(value, places.size);
      if (places.size > max) return undefined;
    }
  }
  return places;
}

function evidently(reference: Float64Array, current: Float64Array): boolean {
  const few = fewValues(5, reference);
  if (few === undefined) {
    return reference.length <= 1000
      ? gapChance(reference, current) <= 0.05
      : isFar(reference, current);
  }
  const both = fewValues(Number.POSITIVE_INFINITY, reference, current)!;
  return evidentlyCategories(countsOf(reference, both), countsOf(current, both));
}

function evidentlyCategories(reference: readonly number[], current: readonly number[]): boolean {
  return sumOf(reference) <= 1000
    ? fitChance(reference, current) < 0.05
    : jensenShannon({ p: sharesOf(reference), q: sharesOf(current) }) >= 0.1;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Chi-squared goodness of fit, the reference's shares taken for the truth; 0 for a new category. */
function fitChance(reference: readonly number[], current: readonly number[]): number {
  const n = sumOf(current);
  const p = sharesOf(reference);
  if (current.some((count, i) => count > 0 && p[i] === 0)) return 0;
  const met = p.filter((share) => share > 0).length;
  const statistic = p.reduce(
    (sum, share, i) => sum + (share === 0 ? 0 : (current[i]! - n * share) ** 2 / (n * share)),
    0,
  );
  return met < 2 ? 1 : chiSquaredUpperTail(statistic, met - 1);
}

interface TwoSample {
  readonly statistic: number;
  readonly categories: number;
}

function twoSample(reference: readonly number[], current: readonly number[]): TwoSample {
  const m = sumOf(reference);
  const n = sumOf(current);
  let statistic = 0;
  let categories = 0;
  reference.forEach((count, i) => {
    const both = count + current[i]!;
    if (both === 0) return;
    categories++;
    statistic += ((current[i]! / n - count / m) ** 2 * n * m) / both;
  });
  return { statistic, categories };
}

/** With the correction of its bias (W. Bergsma, 2013). */
function cramersV(reference: readonly number[], current: readonly number[]): number {
  const { statistic, categories: k } = twoSample(reference, current);
  const all = sumOf(reference) + sumOf(current);
  const phi = Math.max(0, statistic / all - (k - 1) / (all - 1));
  const rows = k - (k - 1) ** 2 / (all - 1);
  const columns = 2 - 1 / (all - 1);
  const least = Math.min(rows, columns) - 1;
  return least <= 0 ? 0 : Math.sqrt(phi / least);
}

function largestShareGap(reference: readonly number[], current: readonly number[]): number {
  const p = sharesOf(reference);
  return Math.max(...sharesOf(current).map((share, i) => Math.abs(share - p[i]!)));
}

export const NUMBER_RULES: readonly NumberRule[] = [
  {
    name: "Model Monitor: robust > 0.1",
    source: "awslabs/deequ Distance.scala; SageMaker developer guide",
    isDrift: (r, c) => largestGap(r, c) - sampleMargin(c.length, r.length) > 0.1,
  },
  {
    name: "Deequ: simple > 0.1",
    source: "awslabs/deequ Distance.scala",
    isDrift: (r, c) => largestGap(r, c) > 0.1,
  },
  {
    name: "KS p < 0.05",
    source: "whylogs viz/drift/configs.py; alibi-detect cd/ks.py",
    isDrift: (r, c) => gapChance(r, c) < 0.05,
  },
  {
    name: "deepchecks: KS >= 0.2",
    source: "deepchecks feature_drift.py",
    isDrift: (r, c) => largestGap(r, c) >= 0.2,
  },
  {
    name: "PSI deciles >= 0.1",
    source: "the customary form, empty bins at 0.0001",
    isDrift: (r, c) => psi(overDeciles(r, c), 1e-4) >= 0.1,
  },
  {
    name: "scouter: PSI > chi-squared / n",
    source: "demml/scouter",
    isDrift: (r, c) => {
      const shares = overDeciles(r, c);
      const index = psi(shares, 1e-4) * c.length;
      return chiSquaredUpperTail(index, Math.max(1, shares.p.length - 1)) < 0.05;
    },
  },
  {
    name: "Evidently: default",
    source: "evidently stattests/registry.py",
    isDrift: evidently,
  },
  {
    name: "Evidently: PSI >= 0.1",
    source: "evidently stattests/psi.py",
    isDrift: (r, c) => psi(sturgesOfBoth(r, c), 1e-4) >= 0.1,
  },
  {
    name: "Evidently: JS >= 0.1",
    source: "evidently stattests/jensenshannon.py",
    isDrift: (r, c) => jensenShannon(sturgesOfBoth(r, c)) >= 0.1,
  },
  {
    name: "Evidently: Wasserstein >= 0.1 sigma",
    source: "evidently stattests/wasserstein_distance_norm.py",
    isDrift: isFar,
  },
  {
    name: "whylogs: Hellinger >= 0.15",
    source: "whylogs viz/utils/histograms",
    isDrift: (r, c) => hellinger(overBoth(r, c, 30)) >= 0.15,
  },
];

export const CATEGORY_RULES: readonly CategoryRule[] = [
  {
    name: "Model Monitor: robust > 0.1",
    source: "awslabs/deequ Distance.scala; SageMaker developer guide",
    isDrift: (r, c) => largestShareGap(r, c) - sampleMargin(sumOf(c), sumOf(r)) > 0.1,
  },
  {
    name: "TFDV: L-infinity > 0.01",
    source: "the documentation of TensorFlow Data Validation",
    isDrift: (r, c) => largestShareGap(r, c) > 0.01,
  },
  {
    name: "chi-squared fit p < 0.05",
    source: "whylogs; evidently stattests/chisquare_stattest.py (up to 1,000 rows)",
    isDrift: (r, c) => fitChance(r, c) < 0.05,
  },
  {
    name: "chi-squared of two samples p < 0.05",
    source: "NannyML drift/univariate/methods.py; alibi-detect cd/chisquare.py",
    isDrift: (r, c) => {
      const { statistic, categories } = twoSample(r, c);
      return categories > 1 && chiSquaredUpperTail(statistic, categories - 1) < 0.05;
    },
  },
  {
    name: "Evidently: default",
    source: "evidently stattests/registry.py",
    isDrift: evidentlyCategories,
  },
  {
    name: "deepchecks: Cramér's V >= 0.2",
    source: "deepchecks feature_drift.py",
    isDrift: (r, c) => cramersV(r, c) >= 0.2,
  },
];
