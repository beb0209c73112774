/**
 * Sums of counted doubles and of their squares by exponent: what `addCounted` of
 * `sketch/exact-powers.ts` does.
 *
 * Invariant: all operands and results are whole numbers below 2^53, so that nothing is rounded.
 */

const EXPONENTS: usize = 2048;
/** Eight sums, of which seven are used. */
const SUMS_BYTES: usize = 64;

/**
 * Adds `count` doubles, each as often as its rank is above the one before, of which the first one's
 * is `below`. Exponents met for the first time are listed at `used`, 16 bits each, behind the
 * `listed` ones that are there; returns how many there are then. Behind the list stands a byte for
 * each exponent, 1 for a listed one.
 */
export function addCounted(
  values: usize,
  ranks: usize,
  count: u32,
  below: f64,
  sums: usize,
  used: usize,
  listed: u32,
): u32 {
  const flags = used + 2 * EXPONENTS;
  for (const end = values + 8 * (count as usize); values < end; values += 8, ranks += 8) {
    const bits = load<u64>(values);
    const weight = load<f64>(ranks) - below;
    below = load<f64>(ranks);
    if (bits === 0) continue;
    const high = (bits >> 32) as u32;
    const low = bits as u32;
    const exponent = ((high >> 20) & 0x7ff) as usize;
    if (load<u8>(flags + exponent) === 0) {
      store<u8>(flags + exponent, 1);
      store<u16>(used + 2 * (listed as usize), exponent as u16);
      listed++;
    }
    const implicit: u32 = exponent === 0 ? 0 : 1 << 20;
    const top = (high & 0xfffff) | implicit;
    const a = (top >> 3) as f64;
    const b = (((top & 7) << 15) | (low >> 17)) as f64;
    const c = (low & 0x1ffff) as f64;
    const signed = high >> 31 === 0 ? weight : -weight;
    const at = sums + SUMS_BYTES * exponent;
    add(at, weight * (c * c));
    add(at + 8, weight * (b * c));
    add(at + 16, weight * (b * b + 4 * (a * c)));
    add(at + 24, weight * (a * b));
    add(at + 32, weight * (a * a));
    add(at + 40, signed * (low as f64));
    add(at + 48, signed * (top as f64));
  }
  return listed;
}

function add(at: usize, term: f64): void {
  store<f64>(at, load<f64>(at) + term);
}
