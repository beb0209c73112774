/**
 * The only loop over records: batches in, a profile out.
 *
 * Captured records may differ in their number of cells; each width met gets accumulators of its
 * own, and the most frequent one (the larger on ties) is the dataset's. Records of other widths are
 * rejected once that is known.
 */
import type { Semantics } from "../base/semantics.ts";
import type { Profile } from "../profile/profile.ts";
import type { Batch } from "../source/batch.ts";
import type { RecordSource } from "../source/record-source.ts";
import { FeatureAccumulator } from "./feature-accumulator.ts";

/** Places kept per width, so that memory stays bounded; counts are exact beyond. */
const PLACES_MAX = 10_000;

export interface ProfilerOptions {
  readonly lenientNumbers?: boolean | undefined;
  /** Texts to count exactly in the column at a position: the baseline's categories. */
  readonly pinnedAt?: ((position: number, width: number) => readonly string[]) | undefined;
}

export interface RecordPlace {
  readonly file: string;
  readonly line: number;
  readonly eventId: string | undefined;
}

/** All records of one width. */
export interface WidthGroup {
  readonly width: number;
  readonly records: number;
  readonly recordsByFile: ReadonlyMap<string, number>;
  /** The first 10,000 records' places. */
  readonly places: readonly RecordPlace[];
}

/** Folds the batches of one width. */
export class Profiler implements WidthGroup {
  readonly width: number;
  readonly #features: readonly FeatureAccumulator[];
  #records = 0;
  readonly #recordsByFile = new Map<string, number>();
  readonly #places: RecordPlace[] = [];

  constructor(width: number, options: ProfilerOptions = {}) {
    this.width = width;
    this.#features = Array.from(
      { length: width },
      (_, position) =>
        new FeatureAccumulator({
          lenientNumbers: options.lenientNumbers,
          pinned: options.pinnedAt?.(position, width),
        }),
    );
  }

  get records(): number {
    return this.#records;
  }

  get recordsByFile(): ReadonlyMap<string, number> {
    return this.#recordsByFile;
  }

  get places(): readonly RecordPlace[] {
    return this.#places;
  }

  add(batch: Batch): void {
    const { records, columns, origins } = batch;
    columns.forEach((column, position) => {
      this.#features[position]!.add({ column, origins });
    });
    this.#records += records;
    this.#recordsByFile.set(origins.file, (this.#recordsByFile.get(origins.file) ?? 0) + records);
    const kept = Math.min(records, PLACES_MAX - this.#places.length);
    for (let i = 0; i < kept; i++) {
      const eventId = origins.eventIds?.[i];
      this.#places.push({ file: origins.file, line: origins.lines[i]!, eventId });
    }
  }

  /** The profile so far; `names` gives one name per column. */
  finish(names: readonly string[], semantics: Semantics): Profile {
    return {
      itemCount: this.#records,
      features: this.#features.map((feature, position) =>
        feature.finish(names[position]!, semantics),
      ),
    };
  }
}

export interface ProfiledRecords {
  /** The accumulators of the dataset's width; undefined when there was no record. */
  readonly profiler: Profiler | undefined;
  /** Groups of other widths, whose records are to be rejected. */
  readonly otherWidths: readonly WidthGroup[];
}

/** Reads a source to its end. */
export async function profileRecords(
  source: RecordSource,
  options: ProfilerOptions = {},
): Promise<ProfiledRecords> {
  const profilers = new Map<number, Profiler>();
  for await (const batch of source.batches) {
    const width = batch.columns.length;
    let profiler = profilers.get(width);
    if (profiler === undefined) {
      profiler = new Profiler(width, options);
      profilers.set(width, profiler);
    }
    profiler.add(batch);
  }
  const byFrequency = [...profilers.values()].sort(
    (a, b) => b.records - a.records || b.width - a.width,
  );
  return { profiler: byFrequency[0], otherWidths: byFrequency.slice(1) };
}
