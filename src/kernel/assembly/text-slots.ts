/**
 * A hash table from texts of up to 16 bytes to numbers from 0, exact: a text is its length, its
 * first 8 and its last 8 bytes. Open addressing with linear probing; at most half full, which is
 * the caller's to keep.
 */

export const SLOT_TEXT_MAX: usize = 16;

@unmanaged
class Slot {
  first: u64;
  last: u64;
  length: u32;
  /** The text's number plus one; 0 for a free slot. */
  mark: u32;
}

/** Laid out as `TextEntries` tells. */
@unmanaged
export class TextSlots {
  slots: usize;
  /** Number of slots less one, a power of two less one. */
  mask: u32;
  /** Cells of each text. */
  counts: usize;
}

/** Adds a text that is not there yet; 8 bytes before it must be readable. */
export function insertText(texts: TextSlots, from: usize, end: usize, number: u32): void {
  const slot = slotOf(texts, from, end);
  slot.first = firstOf(from, end);
  slot.last = lastOf(from, end);
  slot.length = <u32>(end - from);
  slot.mark = number + 1;
}

/** Finds the number of a text of up to 16 bytes, or -1; 8 bytes before it must be readable. */
export function findText(texts: TextSlots, from: usize, end: usize): i32 {
  return <i32>slotOf(texts, from, end).mark - 1;
}

/** Finds the slot of a text, or the free one where it belongs. */
function slotOf(texts: TextSlots, from: usize, end: usize): Slot {
  const first = firstOf(from, end);
  const last = lastOf(from, end);
  const length = <u32>(end - from);
  const hash = (first ^ rotl<u64>(last, 29) ^ length) * 0x9e3779b97f4a7c15;
  let at = <u32>(hash >> 40);
  while (true) {
    const slot = changetype<Slot>(texts.slots + <usize>(at & texts.mask) * offsetof<Slot>());
    if (slot.mark === 0) return slot;
    if (slot.first === first && slot.last === last && slot.length === length) return slot;
    at++;
  }
}

function firstOf(from: usize, end: usize): u64 {
  return end - from >= 8 ? load<u64>(from) : lastOf(from, end);
}

/** The last 8 bytes; those of a shorter text with zeros below. */
function lastOf(from: usize, end: usize): u64 {
  const length = end - from;
  if (length === 0) return 0;
  const padding = length < 8 ? (<u64>(8 - length)) << 3 : 0;
  return (load<u64>(end - 8) >> padding) << padding;
}
