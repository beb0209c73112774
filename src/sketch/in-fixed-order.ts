/**
 * Lists elements by their place written backwards in binary: neighbours far apart from each other,
 * in an order that is always the same.
 */
export function* inFixedOrder<T>(elements: readonly T[]): Generator<T> {
  const bits = Math.ceil(Math.log2(Math.max(2, elements.length)));
  for (let i = 0; i < 2 ** bits; i++) {
    let place = 0;
    for (let bit = 0; bit < bits; bit++) place |= ((i >> bit) & 1) << (bits - 1 - bit);
    if (place < elements.length) yield elements[place]!;
  }
}
