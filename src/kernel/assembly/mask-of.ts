/** The structural index of 64 bytes, four vectors: bit i tells whether byte i is as in `wanted`. */
@inline
export function maskOf(a: v128, b: v128, c: v128, d: v128, wanted: v128): u64 {
  const first = <u64><u32>v128.bitmask<i8>(i8x16.eq(a, wanted));
  const second = <u64><u32>v128.bitmask<i8>(i8x16.eq(b, wanted));
  const third = <u64><u32>v128.bitmask<i8>(i8x16.eq(c, wanted));
  const fourth = <u64><u32>v128.bitmask<i8>(i8x16.eq(d, wanted));
  return first | (second << 16) | (third << 32) | (fourth << 48);
}
