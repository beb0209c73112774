/**
 * Chance that repeats: Tommy Ettinger's mulberry32, begun at a place that a seed and an ordinal
 * choose, so that what one record draws does not depend on what others drew before it.
 */

const GOLDEN = 0x9e37_79b9;

/** Makes a generator of numbers in [0, 1); seed and ordinal are whole numbers from 0. */
export function seededRandom(seed: number, ordinal: number): () => number {
  let state = mix(mix(fold(seed)) + mix(fold(ordinal) ^ GOLDEN));
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Takes the bits above 32 into the lower ones, which alone stay as they are. */
function fold(whole: number): number {
  return whole ^ mix(Math.floor(whole / 4_294_967_296));
}

/** The finalizer of MurmurHash3: every bit in changes about half of the bits out. */
function mix(whole: number): number {
  let bits = whole | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}
