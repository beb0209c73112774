/** The structural index of 64 bytes: bit i tells whether byte i is `byte`. */
@inline
export function maskOf(block: usize, byte: u8): u64 {
  const wanted = i8x16.splat(byte);
  const a = <u64>v128.bitmask<i8>(i8x16.eq(v128.load(block, 0), wanted));
  const b = <u64>v128.bitmask<i8>(i8x16.eq(v128.load(block, 16), wanted));
  const c = <u64>v128.bitmask<i8>(i8x16.eq(v128.load(block, 32), wanted));
  const d = <u64>v128.bitmask<i8>(i8x16.eq(v128.load(block, 48), wanted));
  return a | (b << 16) | (c << 32) | (d << 48);
}
