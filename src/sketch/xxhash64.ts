/**
 * XXH64 (Yann Collet, "xxHash fast digest algorithm", XXH64 definition) in 32-bit limbs.
 *
 * A 64-bit word is a pair of signed 32-bit halves. Products are `Math.imul` plus the high half of
 * a 32 x 32 product from 16-bit limbs; no BigInt and nothing allocated per hash.
 */
import { wordAt } from "./short-text.ts";

const P1_HIGH = 0x9e3779b1 | 0;
const P1_LOW = 0x85ebca87 | 0;
const P2_HIGH = 0xc2b2ae3d | 0;
const P2_LOW = 0x27d4eb4f | 0;
const P3_HIGH = 0x165667b1 | 0;
const P3_LOW = 0x9e3779f9 | 0;
const P4_HIGH = 0x85ebca77 | 0;
const P4_LOW = 0xc2b2ae63 | 0;
const P5_HIGH = 0x27d4eb2f | 0;
const P5_LOW = 0x165667c5 | 0;

const STRIPE = 32;
const LANE_ROTATIONS = [1, 7, 12, 18] as const;

/** A reusable hasher: `hash` leaves its result in `high` and `low`, signed 32-bit numbers. */
export class XxHash64 {
  high = 0;
  low = 0;
  /** Four accumulators, each as low half then high half. */
  readonly #lanes = new Int32Array(8);

  /** Hashes bytes[start, end) with a seed below 2^32; 42 is Spark's. */
  hash(bytes: Uint8Array, start: number, end: number, seed = 42): void {
    let at = start;
    if (end - start >= STRIPE) {
      at = this.#hashStripes(bytes, start, end, seed);
    } else {
      this.low = (seed + P5_LOW) | 0;
      this.high = (P5_HIGH + carry(this.low, P5_LOW)) | 0;
    }
    const low = (this.low + (end - start)) | 0;
    this.high = (this.high + carry(low, this.low)) | 0;
    this.low = low;
    for (; end - at >= 8; at += 8) this.#fold8(wordAt(bytes, at + 4), wordAt(bytes, at));
    if (end - at >= 4) {
      this.#fold4(wordAt(bytes, at));
      at += 4;
    }
    for (; at < end; at++) this.#foldByte(bytes[at]!);
    this.#avalanche();
  }

  // One method a step: V8 inlines the products only into functions this small.

  #fold8(wordHigh: number, wordLow: number): void {
    const k = Math.imul(wordLow, P2_LOW);
    const kHigh = multiplyHigh(wordHigh, wordLow, P2_HIGH, P2_LOW);
    const rHigh = (kHigh << 31) | (k >>> 1);
    const r = (k << 31) | (kHigh >>> 1);
    const high = this.high ^ multiplyHigh(rHigh, r, P1_HIGH, P1_LOW);
    const low = this.low ^ Math.imul(r, P1_LOW);
    const h = (high << 27) | (low >>> 5);
    const l = (low << 27) | (high >>> 5);
    const sum = (Math.imul(l, P1_LOW) + P4_LOW) | 0;
    this.low = sum;
    this.high = (multiplyHigh(h, l, P1_HIGH, P1_LOW) + P4_HIGH + carry(sum, P4_LOW)) | 0;
  }

  #fold4(word: number): void {
    const high = this.high ^ multiplyHigh(0, word, P1_HIGH, P1_LOW);
    const low = this.low ^ Math.imul(word, P1_LOW);
    const h = (high << 23) | (low >>> 9);
    const l = (low << 23) | (high >>> 9);
    const sum = (Math.imul(l, P2_LOW) + P3_LOW) | 0;
    this.low = sum;
    this.high = (multiplyHigh(h, l, P2_HIGH, P2_LOW) + P3_HIGH + carry(sum, P3_LOW)) | 0;
  }

  #foldByte(byte: number): void {
    const high = this.high ^ multiplyHigh(0, byte, P5_HIGH, P5_LOW);
    const low = this.low ^ Math.imul(byte, P5_LOW);
    const h = (high << 11) | (low >>> 21);
    const l = (low << 11) | (high >>> 21);
    this.low = Math.imul(l, P1_LOW);
    this.high = multiplyHigh(h, l, P1_HIGH, P1_LOW);
  }

  #avalanche(): void {
    let l = this.low ^ (this.high >>> 1);
    let h = multiplyHigh(this.high, l, P2_HIGH, P2_LOW);
    l = Math.imul(l, P2_LOW);
    l ^= (l >>> 29) | (h << 3);
    h ^= h >>> 29;
    h = multiplyHigh(h, l, P3_HIGH, P3_LOW);
    l = Math.imul(l, P3_LOW);
    this.high = h;
    this.low = l ^ h;
  }

  /** Sets the result to rotl(accumulator + word * P2, 31) * P1. */
  #round(accHigh: number, accLow: number, wordHigh: number, wordLow: number): void {
    const low = (accLow + Math.imul(wordLow, P2_LOW)) | 0;
    const product = multiplyHigh(wordHigh, wordLow, P2_HIGH, P2_LOW);
    const high = (accHigh + product + carry(low, accLow)) | 0;
    const h = (high << 31) | (low >>> 1);
    const l = (low << 31) | (high >>> 1);
    this.high = multiplyHigh(h, l, P1_HIGH, P1_LOW);
    this.low = Math.imul(l, P1_LOW);
  }

  /** Folds all whole stripes, sets the result to their hash and returns where the rest begins. */
  #hashStripes(bytes: Uint8Array, start: number, end: number, seed: number): number {
    const lanes = this.#lanes;
    this.#setLane(0, P1_HIGH, P1_LOW, seed);
    this.#setLane(0, (P2_HIGH + lanes[1]!) | 0, P2_LOW, lanes[0]!);
    this.#setLane(2, P2_HIGH, P2_LOW, seed);
    this.#setLane(4, 0, 0, seed);
    // Subtracting P1 is adding its two's complement.
    this.#setLane(6, ~P1_HIGH, -P1_LOW, seed);
    let at = start;
    for (; end - at >= STRIPE; at += STRIPE) {
      for (let lane = 0; lane < 8; lane += 2) {
        const word = at + lane * 4;
        this.#round(lanes[lane + 1]!, lanes[lane]!, wordAt(bytes, word + 4), wordAt(bytes, word));
        lanes[lane] = this.low;
        lanes[lane + 1] = this.high;
      }
    }
    this.#mergeLanes();
    return at;
  }

  #setLane(lane: number, high: number, low: number, addend: number): void {
    const sum = (low + addend) | 0;
    this.#lanes[lane] = sum;
    this.#lanes[lane + 1] = high + carry(sum, low);
  }

  #mergeLanes(): void {
    const lanes = this.#lanes;
    let high = 0;
    let low = 0;
    for (let i = 0; i < 4; i++) {
      const bits = LANE_ROTATIONS[i]!;
      const h = lanes[2 * i + 1]!;
      const l = lanes[2 * i]!;
      const rotatedLow = (l << bits) | (h >>> (32 - bits));
      low = (low + rotatedLow) | 0;
      high = (high + ((h << bits) | (l >>> (32 - bits))) + carry(low, rotatedLow)) | 0;
    }
    for (let i = 0; i < 4; i++) {
      this.#round(0, 0, lanes[2 * i + 1]!, lanes[2 * i]!);
      const h = high ^ this.high;
      const l = low ^ this.low;
      low = (Math.imul(l, P1_LOW) + P4_LOW) | 0;
      high = (multiplyHigh(h, l, P1_HIGH, P1_LOW) + P4_HIGH + carry(low, P4_LOW)) | 0;
    }
    this.high = high;
    this.low = low;
  }
}

/** 1 when a 32-bit sum wrapped, told by its being below one of its terms. */
function carry(sum: number, term: number): number {
  return sum >>> 0 < term >>> 0 ? 1 : 0;
}

/** The high half of a 64 x 64 product; the low half is `Math.imul` of the low halves. */
function multiplyHigh(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  const a0 = aLow & 0xffff;
  const a1 = aLow >>> 16;
  const b0 = bLow & 0xffff;
  const b1 = bLow >>> 16;
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) | 0;
  const cross = (Math.imul(a0, b1) + (middle & 0xffff)) | 0;
  const overflow = Math.imul(a1, b1) + (middle >>> 16) + (cross >>> 16);
  return (overflow + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) | 0;
}
