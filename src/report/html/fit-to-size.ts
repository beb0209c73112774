/**
 * Keeps a report small whatever the number of features: all rows first, then the first ones whole,
 * then as much more of each as there is room for, from the first on. Pure: the same rows give the
 * same cut.
 */

/** Rows that are shown whole before any other row is more than it must be. */
const FIRST_ROWS = 10;

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
  const whole = renderWhole(count, bytes, (row) => render(row, levels - 1));
  if (whole.length === count) return { rows: whole, left: 0 };
  const renderOnce = (row: number, level: number): string =>
    (level === levels - 1 ? whole[row] : undefined) ?? render(row, level);
  const rows: string[] = [];
  let room = bytes;
  for (let row = 0; row < count; row++) {
    const least = render(row, 0);
    const size = Buffer.byteLength(least);
    if (size > room) break;
    room -= size;
    rows.push(least);
  }
  const raise = (rowsMax: number, level: number): void => {
    for (let row = 0; row < Math.min(rows.length, rowsMax); row++) {
      const fuller = renderOnce(row, level);
      const more = Buffer.byteLength(fuller) - Buffer.byteLength(rows[row]!);
      if (more > room) break;
      // Already fuller than that: one of the first rows.
      if (more <= 0) continue;
      room -= more;
      rows[row] = fuller;
    }
  };
  raise(FIRST_ROWS, levels - 1);
  for (let level = 1; level < levels; level++) raise(rows.length, level);
  return { rows, left: count - rows.length };
}

/**
 * As a rule there is room for all of every row, and none is rendered twice. Gives up, with fewer
 * rows than there are, where the first ones already tell that there is not.
 */
function renderWhole(count: number, bytes: number, render: (row: number) => string): string[] {
  const rows: string[] = [];
  let size = 0;
  for (let row = 0; row < count; row++) {
    if (row === FIRST_ROWS && (size / row) * count > bytes) break;
    const text = render(row);
    size += Buffer.byteLength(text);
    if (size > bytes) break;
    rows.push(text);
  }
  return rows;
}
