/**
 * Measures the rank errors of both accumulators' sketches up to 10,000,000 values and writes
 * docs/rank-errors.md. The same values every time; takes about half a minute.
 *
 * Usage: npm run bench:rank-errors
 */
import { writeFileSync } from "node:fs";
import { DISTRIBUTIONS, measureRanks } from "./measure-ranks.ts";
import { RANKS_HEAD, renderRanks } from "./render-ranks.ts";

const PAGE = new URL("../../../docs/rank-errors.md", import.meta.url);
const SIZES: readonly number[] = [1e3, 1e4, 1e5, 1e6, 1e7];

const found = Object.keys(DISTRIBUTIONS).flatMap((distribution) =>
  SIZES.flatMap((n) => measureRanks(distribution, n)),
);

const page = `# Rank errors of the sketch

How far ranks read from a column's KLL sketch (k = 2048, c = 0.64) are from the exact ones, as a
share of all values: the largest error at the percentiles 1 to 99, of values up to and of values
below. Written by \`npm run bench:rank-errors\`; the same seed, so the same table, every time.

- **one by one**: the values come in random order, as under the \`model-monitor\` semantics.
- **counted**: the distinct values come with their counts, as the \`tidemark\` semantics has them at
  the end while its tables hold; above 100,000 distinct values neighbours are taken for one.

The bound is the one the reports use; it is 0 while the sketch holds every value.

${RANKS_HEAD}
${found.map(renderRanks).join("\n")}
`;
writeFileSync(PAGE, page);
process.stdout.write(page);
if (found.some(({ worst, bound }) => worst > bound)) process.exitCode = 1;
