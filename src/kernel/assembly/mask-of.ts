/** The structural index of the 64 bytes of four vectors: bit i tells whether byte i is `byte`. */
@inline
export function maskOf(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  const wanted = i8x16.splat(byte);
  const first = <u64>v128.bitmask<i8>(i8x16.eq(a, wanted));
  const second = <u64>v128.bitmask<i8>(i8x16.eq(b, wanted));
  const third = <u64>v128.bitmask<i8>(i8x16.eq(c, wanted));
  const fourth = <u64>v128.bitmask<i8>(i8x16.eq(d, wanted));
  return first | (second << 16) | (third << 32) | (fourth << 48);
}
