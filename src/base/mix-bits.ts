/** Hashing of whole numbers, for chance that repeats. */

/** The finalizer of MurmurHash3: every bit in changes about half of the bits out. */
export function mixBits(whole: number): number {
  let bits = whole | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}

/** Takes the bits above 32 into the lower ones, which alone stay as they are. */
export function foldBits(whole: number): number {
  return whole ^ mixBits(Math.floor(whole / 4_294_967_296));
}
