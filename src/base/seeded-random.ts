/**
 * Chance that repeats: Tommy Ettinger's mulberry32, begun at a place that a seed and an ordinal
 * choose, so that what one record draws does not depend on what others drew before it.
 */
import { foldBits, mixBits } from "./mix-bits.ts";

const GOLDEN = 0x9e37_79b9;

/** Makes a generator of numbers in [0, 1); seed and ordinal are whole numbers from 0. */
export function seededRandom(seed: number, ordinal: number): () => number {
  let state = mixBits(mixBits(foldBits(seed)) + mixBits(foldBits(ordinal) ^ GOLDEN));
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
