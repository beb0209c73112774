/** Columns of known distributions, with known drifts planted; everything follows from the seed. */
import { seededRandom } from "../../src/base/seeded-random.ts";

/** Numbers or categories by number; NaN is a missing cell. */
export interface Drawn {
  readonly kind: "numbers" | "categories";
  readonly cells: Float64Array;
}

export interface Distribution {
  readonly kind: Drawn["kind"];
  readonly draw: (random: Random) => number;
  /** Standard deviation and centre of what drifts move: for zero-inflated values, of the others. */
  readonly sigma: number;
  readonly centre: number;
  readonly missing?: number;
  readonly holdsZeros?: boolean;
}

export type Random = () => number;

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function studentT3(random: Random): number {
  const squares = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(squares / 3);
}

const CALLS: readonly number[] = [0.21, 0.56, 0.79, 0.92, 0.97, 0.99, 1];

function fewValued(random: Random): number {
  const u = random();
  return CALLS.findIndex((share) => u < share);
}

function categories(count: number, exponent: number): Distribution {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1) ** exponent);
  const sum = weights.reduce((all, each) => all + each, 0);
  let below = 0;
  const until = weights.map((weight) => (below += weight / sum));
  const draw = (random: Random): number => {
    const u = random();
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (until[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return { kind: "categories", draw, sigma: 1, centre: 0 };
}

const NORMAL = { kind: "numbers", draw: normal, sigma: 1, centre: 0 } as const;

export const DISTRIBUTION_NAMES = [
  "normal",
  "t3",
  "lognormal",
  "60 % zeros",
  "7 values",
  "flag",
  "30 % missing",
  "5 uniform",
  "5 Zipf",
  "50 uniform",
  "50 Zipf",
  "100 Zipf",
  "500 Zipf",
] as const;

export type DistributionName = (typeof DISTRIBUTION_NAMES)[number];

export const DISTRIBUTIONS: Readonly<Record<DistributionName, Distribution>> = {
  normal: NORMAL,
  t3: { kind: "numbers", draw: studentT3, sigma: Math.sqrt(3), centre: 0 },
  lognormal: {
    kind: "numbers",
    draw: (random: Random) => Math.exp(normal(random)),
    sigma: Math.sqrt((Math.E - 1) * Math.E),
    centre: Math.sqrt(Math.E),
  },
  "60 % zeros": {
    kind: "numbers",
    draw: (random: Random) => (random() < 0.6 ? 0 : 50 + 15 * normal(random)),
    sigma: 15,
    centre: 50,
    holdsZeros: true,
  },
  "7 values": { kind: "numbers", draw: fewValued, sigma: 1.3, centre: 1.6 },
  flag: {
    kind: "numbers",
    draw: (random: Random) => (random() < 0.1 ? 1 : 0),
    sigma: 0.3,
    centre: 0.1,
  },
  "30 % missing": { ...NORMAL, missing: 0.3 },
  "5 uniform": categories(5, 0),
  "5 Zipf": categories(5, 1),
  "50 uniform": categories(50, 0),
  "50 Zipf": categories(50, 1),
  "100 Zipf": categories(100, 1),
  "500 Zipf": categories(500, 1),
};

/** What happens to a cell; its chance is another than the one its value came from. */
export type Drift = (value: number, of: Distribution, random: Random) => number;

const share =
  (part: number, becomes: (value: number, of: Distribution, random: Random) => number): Drift =>
  (value, of, random) =>
    random() < part ? becomes(value, of, random) : value;

const moveBy =
  (sigmas: number): Drift =>
  (value, of) =>
    of.holdsZeros && value === 0 ? 0 : value + sigmas * of.sigma;

export type DriftName =
  | "none"
  | "shift 0.1 sigma"
  | "shift 0.25 sigma"
  | "shift 0.5 sigma"
  | "spread x 1.5"
  | "10 % zeros"
  | "10 % one value"
  | "10 % at 3 sigma"
  | "0.5 % outliers at 50 sigma"
  | "5 % missing"
  | "10 % one category"
  | "3 % new category"
  | "half the categories twice as frequent";

export const DRIFTS: Readonly<Record<DriftName, Drift>> = {
  none: (value: number) => value,
  "shift 0.1 sigma": moveBy(0.1),
  "shift 0.25 sigma": moveBy(0.25),
  "shift 0.5 sigma": moveBy(0.5),
  "spread x 1.5": (value: number, of: Distribution) =>
    of.holdsZeros && value === 0 ? 0 : of.centre + 1.5 * (value - of.centre),
  "10 % zeros": share(0.1, () => 0),
  "10 % one value": share(0.1, (_, of) => of.centre + 2 * of.sigma),
  "10 % at 3 sigma": share(0.1, (_, of, random) => of.centre + of.sigma * (3 + normal(random) / 2)),
  "0.5 % outliers at 50 sigma": share(0.005, (_, of) => of.centre + 50 * of.sigma),
  "5 % missing": share(0.05, () => Number.NaN),
  "10 % one category": share(0.1, () => 1),
  "3 % new category": share(0.03, () => 9999),
  "half the categories twice as frequent": (value: number, _: Distribution, random: Random) =>
    value % 2 === 1 && random() < 0.5 ? value - 1 : value,
};

/** Draws a column; `ordinal` tells columns of one seed apart. */
export function drawColumn(
  name: DistributionName,
  rows: number,
  seed: number,
  ordinal: number,
  drift: DriftName = "none",
): Drawn {
  const of: Distribution = DISTRIBUTIONS[name];
  const moved: Drift = DRIFTS[drift];
  const random = seededRandom(seed, ordinal);
  const cells = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const isMissing = of.missing !== undefined && random() < of.missing;
    cells[i] = isMissing ? Number.NaN : moved(of.draw(random), of, random);
  }
  return { kind: of.kind, cells };
}
