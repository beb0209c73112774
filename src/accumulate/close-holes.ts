/** Moves the numbers among the first `count` values together, in order; a hole is NaN. */
export function closeHoles(values: Float64Array, count: number): void {
  let to = 0;
  for (let i = 0; i < count; i++) {
    values[to] = values[i]!;
    if (!Number.isNaN(values[i]!)) to++;
  }
}
