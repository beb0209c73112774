/**
 * Keeps a report small whatever the number of features: all rows first, then as much detail as there
 * is room for, the first rows before the others. Pure: the same rows give the same cut.
 */

export interface Fitted {
  /** In the order given; fewer than there are where even the least did not fit. */
  readonly rows: readonly string[];
  /** Rows left out altogether. */
  readonly left: number;
}

/**
 * Renders `count` rows into `bytes` of UTF-8. `render` makes a row of a level of detail, from 0 to
 * `levels` - 1; a row of a higher level should be larger.
 */
export function fitToSize(
  count: number,
  levels: number,
  bytes: number,
  render: (row: number, level: number) => string,
): Fitted {
  const rows: string[] = [];
  let room = bytes;
  for (let row = 0; row < count; row++) {
    const least = render(row, 0);
    const size = sizeOf(least);
    if (size > room) break;
    room -= size;
    rows.push(least);
  }
  for (let level = 1; level < levels; level++) {
    for (let row = 0; row < rows.length; row++) {
      const fuller = render(row, level);
      const more = sizeOf(fuller) - sizeOf(rows[row]!);
      if (more > room) break;
      room -= more;
      rows[row] = fuller;
    }
  }
  return { rows, left: count - rows.length };
}

/** Counts bytes as UTF-8 without a copy of the text. */
function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
