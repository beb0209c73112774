/**
 * Sums of doubles without a rounding error (a superaccumulator after R. M. Neal, "Fast Exact
 * Summation Using Small and Large Superaccumulators", 2015): a fixed-point number over the whole
 * range of doubles, in limbs of 32 bits held as doubles, so that carries wait for 2^20 additions.
 *
 * Whatever the order of additions and merges, the sum is the same number.
 *
 * Invariants: 1. limb i counts 2^(32i) units; 2. no limb is above 2^53 in magnitude.
 * Memory: 70 numbers.
 */
import { invariant } from "../base/tidemark-error.ts";

/** The unit of a sum of doubles is 2^-1074, the least one. */
export const UNIT_EXPONENT = -1074;

const LIMB_BITS = 32;
const LIMB = 2 ** LIMB_BITS;
/** 2,099 bits of a double at its greatest, and 64 bits of count. */
const LIMBS = 68;
const ADDITIONS_MAX: number = 2 ** 20;
/** Weights are multiplied in pieces of so many bits, which with 32 bits of a limb stay exact. */
const WEIGHT_BITS = 21;
const WEIGHT_PIECE: number = 2 ** WEIGHT_BITS;
/** Three pieces of a weight, each with a low and a high part of its products per limb. */
const WEIGHTED_ADDITIONS = 8;

export interface ExactSumState {
  /** Limbs from the least significant one, each but the last in 0..2^32 - 1. */
  readonly limbs: readonly number[];
}

/** Adds finite doubles up. */
export class ExactSum {
  readonly #limbs: Float64Array;
  /** Additions to any one limb since the last carry, at most. */
  #additions = 0;

  /** `limbs` is the number of limbs; the default one is for sums of doubles in units of 2^-1074. */
  constructor(limbs: number = LIMBS) {
    this.#limbs = new Float64Array(limbs);
  }

  static load(state: ExactSumState, limbs: number = LIMBS): ExactSum {
    const loaded = new ExactSum(limbs);
    loaded.#limbs.set(state.limbs);
    loaded.checkInvariants();
    return loaded;
  }

  /** Adds `weight` times a whole number of 2^position units; both numbers are up to 2^53. */
  addScaled(whole: number, position: number, weight: number): void {
    const product = whole * weight;
    if (product <= Number.MAX_SAFE_INTEGER && product >= Number.MIN_SAFE_INTEGER) {
      this.#room(1);
      this.#additions += 1;
      addTo(this.#limbs, topOf(product), lowOf(product), position, product < 0 ? -1 : 1);
      return;
    }
    this.#room(WEIGHTED_ADDITIONS);
    this.#additions += WEIGHTED_ADDITIONS;
    const sign = whole < 0 ? -1 : 1;
    let at = position;
    for (let rest = weight; rest > 0; rest = Math.floor(rest / WEIGHT_PIECE)) {
      this.#addPiece(topOf(whole), lowOf(whole), at, sign * (rest % WEIGHT_PIECE));
      at += WEIGHT_BITS;
    }
  }

  /** Adds another sum, which stays as it is. */
  merge(other: ExactSum): void {
    invariant(other !== this, "ExactSum merged with itself");
    this.#room(1);
    this.#additions += 1;
    other.#carry();
    for (let i = 0; i < this.#limbs.length; i++) this.#limbs[i]! += other.#limbs[i]!;
  }

  /** The sum as a short whole number times 2^position units, the position an even one. */
  toWhole(): { readonly whole: bigint; readonly position: number } {
    this.#carry();
    const limbs = this.#limbs;
    let least = 0;
    while (least < limbs.length - 1 && limbs[least] === 0) least++;
    let whole = 0n;
    for (let i = limbs.length - 1; i >= least; i--) {
      const limb = limbs[i]!;
      if (whole !== 0n || limb !== 0) whole = (whole << BigInt(LIMB_BITS)) + BigInt(limb);
    }
    return { whole, position: LIMB_BITS * least };
  }

  checkInvariants(): void {
    const isInRange = this.#limbs.every((limb) => Math.abs(limb) <= Number.MAX_SAFE_INTEGER);
    invariant(isInRange, "ExactSum has a limb past 2^53");
  }

  save(): ExactSumState {
    this.#carry();
    const limbs = [...this.#limbs];
    return { limbs: limbs.slice(0, limbs.findLastIndex((limb) => limb !== 0) + 1) };
  }

  #addPiece(top: number, low: number, position: number, weight: number): void {
    const limb = position >>> 5;
    const bits = position & 31;
    this.#addProduct(limb, (low << bits) >>> 0, weight);
    this.#addProduct(limb + 1, ((top << bits) | ((low >>> 1) >>> (31 - bits))) >>> 0, weight);
    this.#addProduct(limb + 2, (top >>> 1) >>> (31 - bits), weight);
  }

  #addProduct(limb: number, part: number, weight: number): void {
    const product = part * weight;
    const above = Math.trunc(product / LIMB);
    this.#limbs[limb]! += product - above * LIMB;
    if (above !== 0) this.#limbs[limb + 1]! += above;
  }

  /** Makes room for additions where there is less than asked for, and returns how many fit. */
  #room(additions: number): number {
    if (this.#additions + additions > ADDITIONS_MAX) this.#carry();
    return ADDITIONS_MAX - this.#additions;
  }

  /** Brings all limbs but the last into 0..2^32 - 1. */
  #carry(): void {
    if (this.#additions === 0) return;
    const limbs = this.#limbs;
    for (let i = 0; i < limbs.length - 1; i++) {
      const above = Math.floor(limbs[i]! / LIMB);
      if (above === 0) continue;
      limbs[i]! -= above * LIMB;
      limbs[i + 1]! += above;
    }
    this.#additions = 0;
  }
}

/** 1, or 0 for the least exponent field, that of 0 and of doubles without the implicit bit. */
function implicitBit(exponent: number): number {
  return (exponent + 0x7ff) >>> 11;
}

/** The upper 21 of the 53 bits of a double with the given high half; its low half has the rest. */
export function mantissaTop(high: number): number {
  return (high & 0xfffff) | (implicitBit((high >>> 20) & 0x7ff) << 20);
}

/** Where the least bit of a double with the given exponent field stands. */
export function positionOf(exponent: number): number {
  return exponent - implicitBit(exponent);
}

/** What of the size of a whole number of up to 2^53 is above its 32 lower bits. */
function topOf(whole: number): number {
  return Math.floor(Math.abs(whole) / LIMB);
}

/** The 32 lower bits of the size of a whole number of up to 2^53. */
function lowOf(whole: number): number {
  return Math.abs(whole) | 0;
}

/** Adds a whole number, as its upper 21 and lower 32 bits, to the three limbs they can lie in. */
function addTo(
  limbs: Float64Array,
  top: number,
  low: number,
  position: number,
  sign: number,
): void {
  const limb = position >>> 5;
  const bits = position & 31;
  limbs[limb]! += sign * ((low << bits) >>> 0);
  // Shifting in two steps, as a shift by 32 is one by 0.
  limbs[limb + 1]! += sign * (((top << bits) | ((low >>> 1) >>> (31 - bits))) >>> 0);
  limbs[limb + 2]! += sign * ((top >>> 1) >>> (31 - bits));
}
