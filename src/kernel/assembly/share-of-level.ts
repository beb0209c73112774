/** The share of counted numbers that a level of a sketch takes: as `sketch/share-of-level.ts`. */

/**
 * Writes `count` numbers, each as often as a level takes it, to `to`, and returns how many that
 * are. `ranks` sum their counts up; an item of the level weighs `weight`, a power of two. The top
 * level takes all that a count has of it, another one at most one.
 */
export function shareOfLevel(
  items: usize,
  ranks: usize,
  count: u32,
  weight: f64,
  isTop: bool,
  to: usize,
): u32 {
  const from = to;
  let below: f64 = 0;
  for (const end = items + ((<usize>count) << 3); items < end; items += 8, ranks += 8) {
    const rank = load<f64>(ranks);
    let times = <u64>((rank - below) / weight);
    below = rank;
    if (!isTop) times &= 1;
    for (const item = load<f64>(items); times > 0; times--, to += 8) store<f64>(to, item);
  }
  return <u32>((to - from) >> 3);
}
