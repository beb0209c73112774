/**
 * Records of low priorities, which a sample may take: what `RecordPriorities` does to the records
 * of a batch, four at a time while each has a line of its own.
 *
 * Invariant: listed are the records that TypeScript would list, and the list has room for all.
 */

/** Which row of its line a record is; laid out as `PLACE` of `record-priorities.ts` tells. */
@unmanaged
class Place {
  line: u32;
  row: u32;
}

/** A record by its number in the batch. */
@unmanaged
class Early {
  record: u32;
  row: u32;
}

const LANES: u32 = 4;

/**
 * Lists the records of which half of the priority is at most `highest`, and returns their number.
 * `place` is that of the record before, and then of the last one.
 */
export function listEarly(
  lines: usize,
  records: u32,
  bits: u32,
  highest: u32,
  place: Place,
  list: usize,
): u32 {
  let line = place.line;
  let row = place.row;
  let at = list;
  let i: u32 = 0;
  while (i < records) {
    const from = lines + ((<usize>i) << 2);
    if (i > 0 && i + LANES <= records) {
      const four = v128.load(from);
      if (!v128.any_true(i32x4.eq(four, v128.load(from - 4)))) {
        const high = mixFour(mixFour(i32x4.add(four, i32x4.splat(bits))));
        let found = i32x4.bitmask(i32x4.le_u(high, i32x4.splat(highest)));
        while (found !== 0) {
          at = add(at, i + ctz(found), 0);
          found &= found - 1;
        }
        line = load<u32>(from, 12);
        row = 0;
        i += LANES;
        continue;
      }
    }
    const next = load<u32>(from);
    row = next === line ? row + 1 : 0;
    line = next;
    if (mix(mix(line + bits) + row) <= highest) at = add(at, i, row);
    i++;
  }
  place.line = line;
  place.row = row;
  return <u32>((at - list) / offsetof<Early>());
}

function add(at: usize, record: u32, row: u32): usize {
  const early = changetype<Early>(at);
  early.record = record;
  early.row = row;
  return at + offsetof<Early>();
}

/** See `mixBits`. */
function mix(whole: u32): u32 {
  let bits = whole;
  bits = (bits ^ (bits >> 16)) * 0x85eb_ca6b;
  bits = (bits ^ (bits >> 13)) * 0xc2b2_ae35;
  return bits ^ (bits >> 16);
}

function mixFour(wholes: v128): v128 {
  let bits = wholes;
  bits = i32x4.mul(v128.xor(bits, i32x4.shr_u(bits, 16)), i32x4.splat(0x85eb_ca6b));
  bits = i32x4.mul(v128.xor(bits, i32x4.shr_u(bits, 13)), i32x4.splat(0xc2b2_ae35));
  return v128.xor(bits, i32x4.shr_u(bits, 16));
}
