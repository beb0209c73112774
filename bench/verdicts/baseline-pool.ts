/** Baselines to draw windows against: made once per distribution and size, used in turn. */
import type { FeatureProfile } from "../../src/profile/profile.ts";
import { type DistributionName, type Drawn, drawColumn } from "./draw-column.ts";
import { profileBaseline } from "./profile-column.ts";

const SEED = 1;
/** Baselines of a kind: fewer where each is long. */
const POOL_ROWS = 1_000_000;
const POOL_MAX = 40;
const POOL_MIN = 10;

export interface DrawnBaseline {
  readonly drawn: Drawn;
  readonly profile: FeatureProfile;
}

const pools = new Map<string, Promise<readonly DrawnBaseline[]>>();

/** The pool of a distribution at m rows. */
export function baselinePool(name: DistributionName, m: number): Promise<readonly DrawnBaseline[]> {
  const key = `${name} ${m}`;
  const pool = pools.get(key) ?? drawPool(name, m);
  pools.set(key, pool);
  return pool;
}

async function drawPool(name: DistributionName, m: number): Promise<readonly DrawnBaseline[]> {
  const size = Math.max(POOL_MIN, Math.min(POOL_MAX, Math.floor(POOL_ROWS / m)));
  const pool: DrawnBaseline[] = [];
  for (let i = 0; i < size; i++) {
    const drawn = drawColumn(name, m, SEED, i);
    pool.push({ drawn, profile: await profileBaseline(drawn) });
  }
  return pool;
}
