/** The value below which this share of the sorted values lies. */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

export function quantiles(values) {
  const sorted = Float64Array.from(values).sort();
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => Number(quantile(sorted, share).toFixed(2)));
  return { p50, p95, p99 };
}

/** Numbers that look random and are the same in each run (mulberry32). */
export function chance(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)],
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** Picks from a list so that the first are picked most: the n-th with weight 1 / (n + some). */
export function zipf(random, list, flat = 3) {
  const sums = [];
  list.reduce((sum, _, n) => (sums[n] = sum + 1 / (n + flat)), 0);
  return () => {
    const at = random.next() * sums.at(-1);
    return list[sums.findIndex((sum) => at < sum)];
  };
}
