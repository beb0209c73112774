/** The first records of a sequence of batches. */
import type { Batch } from "./batch/batch.ts";

/** Yields batches until they hold `max` records; the last one is cut to what is left. */
export async function* firstRecords(
  batches: AsyncIterable<Batch>,
  max: number,
): AsyncGenerator<Batch> {
  let left = max;
  for await (const batch of batches) {
    const records = Math.min(left, batch.records);
    const columns = batch.columns.map((column) => ({ ...column, count: records }));
    yield records === batch.records ? batch : { ...batch, records, columns };
    left -= records;
    if (left === 0) return;
  }
}
