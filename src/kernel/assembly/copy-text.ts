/** Bytes that a copy may write behind its text. */
export const OVERSHOOT: u32 = 16;

/** Copies 16 bytes at a time, so up to 15 behind the text as well. */
export function copyText(to: usize, from: usize, length: u32): void {
  for (let place: u32 = 0; place < length; place += 16) {
    v128.store(to + place, v128.load(from + place));
  }
}
