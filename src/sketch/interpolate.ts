export type Point = readonly [value: number, weight: number];

/** Values with their weights, from the outermost on. */
export interface OutwardPoints {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Puts points and single values together: both descend, of equal ones the point comes first. */
export function mergeOutward(points: readonly Point[], singles: Float64Array): OutwardPoints {
  const size = points.length + singles.length;
  const values = new Float64Array(size);
  const weights = new Float64Array(size);
  let next = 0;
  for (let i = 0; i < size; i++) {
    const point = points[next];
    const single = singles[i - next];
    if (point !== undefined && (single === undefined || point[0] >= single)) {
      values[i] = point[0];
      weights[i] = point[1];
      next += 1;
    } else {
      values[i] = single!;
      weights[i] = 1;
    }
  }
  return { values, weights };
}

/**
 * Finds the value beyond which a weight lies, the weight of a point half on either side of it;
 * undefined beyond the last point.
 */
export function interpolate(
  { values, weights }: OutwardPoints,
  beyond: number,
): number | undefined {
  let middle = 0;
  for (let i = 0; i < values.length; i++) {
    const next = middle + ((weights[i - 1] ?? 0) + weights[i]!) / 2;
    if (next >= beyond) {
      if (i === 0) return values[i];
      const before = values[i - 1]!;
      return before + (values[i]! - before) * ((beyond - middle) / (next - middle));
    }
    middle = next;
  }
  return undefined;
}
