export type Point = readonly [value: number, weight: number];

/**
 * Finds the value beyond which a weight lies, the weight of a point half on either side of it;
 * undefined beyond the last point. Points stand from the outermost on.
 */
export function interpolate(points: readonly Point[], beyond: number): number | undefined {
  let middle = 0;
  let before: Point | undefined;
  for (const point of points) {
    const next = middle + ((before?.[1] ?? 0) + point[1]) / 2;
    if (next >= beyond) {
      if (before === undefined) return point[0];
      return before[0] + (point[0] - before[0]) * ((beyond - middle) / (next - middle));
    }
    middle = next;
    before = point;
  }
  return undefined;
}
