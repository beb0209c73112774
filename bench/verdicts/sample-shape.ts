/** Two samples in common bins, as the peers' rules cut them. */

/** Shares of both sides in bins of equal width. */
export interface Shares {
  readonly p: readonly number[];
  readonly q: readonly number[];
}

/** Counts sorted values in bins of equal width over [low, high], as numpy's histogram does. */
export function equalWidth(
  values: Float64Array,
  low: number,
  high: number,
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = (high - low) / bins || 1;
  for (const value of values) {
    if (value < low || value > high) continue;
    counts[Math.min(bins - 1, Math.floor((value - low) / width))]! += 1;
  }
  return counts;
}

export function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((all, each) => all + each, 0);
  return counts.map((count) => count / sum);
}

/** Both sides in bins over the range of both together. */
export function overBoth(reference: Float64Array, current: Float64Array, bins: number): Shares {
  const low = Math.min(reference[0]!, current[0]!);
  const high = Math.max(reference.at(-1)!, current.at(-1)!);
  return {
    p: sharesOf(equalWidth(reference, low, high, bins)),
    q: sharesOf(equalWidth(current, low, high, bins)),
  };
}

/** Sturges' number of bins of so many values. */
export function sturges(count: number): number {
  return Math.ceil(Math.log2(count) + 1);
}

/** Both sides over the reference's distinct deciles, the outer bins open. */
export function overDeciles(reference: Float64Array, current: Float64Array): Shares {
  const edges = Array.from(
    { length: 9 },
    (_, i) => reference[Math.floor(((i + 1) * reference.length) / 10)]!,
  );
  const distinct = [...new Set(edges)];
  const countIn = (values: Float64Array): number[] => {
    const counts = new Array<number>(distinct.length + 1).fill(0);
    let bin = 0;
    for (const value of values) {
      while (bin < distinct.length && value >= distinct[bin]!) bin++;
      counts[bin]! += 1;
    }
    return counts;
  };
  return { p: sharesOf(countIn(reference)), q: sharesOf(countIn(current)) };
}

/** Population stability index with empty bins raised to a floor. */
export function psi({ p, q }: Shares, floor: number): number {
  return p.reduce((sum, share, i) => {
    const before = Math.max(share, floor);
    const after = Math.max(q[i]!, floor);
    return sum + (before - after) * Math.log(before / after);
  }, 0);
}

/** Jensen-Shannon distance (the root of the divergence), in nats. */
export function jensenShannon({ p, q }: Shares): number {
  const half = (x: number, middle: number): number => (x === 0 ? 0 : x * Math.log(x / middle));
  const divergence = p.reduce((sum, share, i) => {
    const middle = (share + q[i]!) / 2;
    return sum + (half(share, middle) + half(q[i]!, middle)) / 2;
  }, 0);
  return Math.sqrt(Math.max(0, divergence));
}

export function hellinger({ p, q }: Shares): number {
  const sum = p.reduce((all, share, i) => all + (Math.sqrt(share) - Math.sqrt(q[i]!)) ** 2, 0);
  return Math.sqrt(sum / 2);
}

/** The Kolmogorov-Smirnov statistic of sorted values. */
export function largestGap(reference: Float64Array, current: Float64Array): number {
  let gap = 0;
  for (let i = 0, j = 0; i < reference.length && j < current.length; ) {
    const value = Math.min(reference[i]!, current[j]!);
    while (reference[i] === value) i++;
    while (current[j] === value) j++;
    gap = Math.max(gap, Math.abs(i / reference.length - j / current.length));
  }
  return gap;
}

/** The first Wasserstein distance of sorted values: the area between both distributions. */
export function wasserstein(reference: Float64Array, current: Float64Array): number {
  let area = 0;
  let from = Math.min(reference[0]!, current[0]!);
  for (let i = 0, j = 0; i < reference.length || j < current.length; ) {
    const next = Math.min(reference[i] ?? Infinity, current[j] ?? Infinity);
    area += Math.abs(i / reference.length - j / current.length) * (next - from);
    from = next;
    while (reference[i] === next) i++;
    while (current[j] === next) j++;
  }
  return area;
}

/** Mean and population deviation. */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / values.length) };
}
