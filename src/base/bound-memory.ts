/**
 * A bound on the memory of a WebAssembly module that was built without one: its memory section
 * (WebAssembly core specification 2.0, section 5.5.8) is written anew, all else stays.
 */

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/**
 * Returns the bytes of a module whose one memory grows to at most `pagesMax` pages of 64 KiB.
 * Throws a RangeError for a module without a memory of its own.
 */
export function boundMemory(module: Uint8Array, pagesMax: number): Uint8Array<ArrayBuffer> {
  for (let at = HEADER_BYTES; at < module.length; ) {
    const size = readVarint(module, at + 1);
    const end = size.end + size.value;
    if (module[at] === MEMORY_SECTION) {
      // Behind the number of memories and the flags of the first.
      const pages = readVarint(module, size.end + 2);
      const memory = [1, HAS_MAXIMUM, ...varint(pages.value), ...varint(pagesMax)];
      const section = [MEMORY_SECTION, ...varint(memory.length), ...memory];
      return joined(module.subarray(0, at), section, module.subarray(end));
    }
    at = end;
  }
  throw new RangeError("the module has no memory");
}

/** Reads a number of at most 32 bits in LEB128, and where it ends. */
function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, end: at + 1 };
  }
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function joined(head: Uint8Array, section: readonly number[], tail: Uint8Array) {
  const all = new Uint8Array(head.length + section.length + tail.length);
  all.set(head);
  all.set(section, head.length);
  all.set(tail, head.length + section.length);
  return all;
}
