/**
 * A text into the registers of HyperLogLog++: what `HyperLogLog.addBytes` does, with XXH64 (Yann
 * Collet, "xxHash fast digest algorithm") in whole words.
 */

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;
const SEED: u64 = 42;
const PRECISION: u64 = 9;

/** Folds [from, end) into 512 registers of a byte. */
export function addText(registers: usize, from: usize, end: usize): void {
  const hash = hashText(from, end);
  const register = registers + <usize>(hash >> (64 - PRECISION));
  // The set bit below the hash bounds the rank of a hash that ends in zeros.
  const rank = <u8>(1 + clz((hash << PRECISION) | (1 << (PRECISION - 1))));
  if (rank > load<u8>(register)) store<u8>(register, rank);
}

function hashText(from: usize, end: usize): u64 {
  let at = from;
  let hash: u64;
  if (end - from >= 32) {
    let a = SEED + P1 + P2;
    let b = SEED + P2;
    let c = SEED;
    let d = SEED - P1;
    for (; at + 32 <= end; at += 32) {
      a = round(a, load<u64>(at));
      b = round(b, load<u64>(at, 8));
      c = round(c, load<u64>(at, 16));
      d = round(d, load<u64>(at, 24));
    }
    hash = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    hash = (hash ^ round(0, a)) * P1 + P4;
    hash = (hash ^ round(0, b)) * P1 + P4;
    hash = (hash ^ round(0, c)) * P1 + P4;
    hash = (hash ^ round(0, d)) * P1 + P4;
  } else {
    hash = SEED + P5;
  }
  hash += <u64>(end - from);
  for (; at + 8 <= end; at += 8) {
    hash = rotl<u64>(hash ^ round(0, load<u64>(at)), 27) * P1 + P4;
  }
  if (at + 4 <= end) {
    hash = rotl<u64>(hash ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at++) hash = rotl<u64>(hash ^ (<u64>load<u8>(at) * P5), 11) * P1;
  hash = (hash ^ (hash >> 33)) * P2;
  hash = (hash ^ (hash >> 29)) * P3;
  return hash ^ (hash >> 32);
}

function round(lane: u64, word: u64): u64 {
  return rotl<u64>(lane + word * P2, 31) * P1;
}
