/** The items of a sketch with their weights. */

/** Items in ascending order, each with its weight; of equal items the lower level stands first. */
export interface WeightedItems {
  readonly items: Float64Array;
  readonly weights: Float64Array;
}

/** Merges ascending items of one weight into the first `size` ones, behind equal ones. */
export function mergeSorted(
  { items, weights }: WeightedItems,
  size: number,
  added: Float64Array,
  weight: number,
): void {
  let old = size - 1;
  // From the back, so that it needs no room of its own.
  for (let next = added.length - 1; next >= 0; ) {
    const place = old + next + 1;
    if (old >= 0 && items[old]! > added[next]!) {
      items[place] = items[old]!;
      weights[place] = weights[old]!;
      old -= 1;
    } else {
      items[place] = added[next]!;
      weights[place] = weight;
      next -= 1;
    }
  }
}
