/** The records behind the violations of a run, collected in its one pass in bounded memory. */
import type { Kernel } from "../kernel/kernel.ts";
import type { Batch } from "../source/batch/batch.ts";
import {
  FeatureOffences,
  type OffenceOptions,
  type OffenceRule,
  type OffenceWatch,
  type WatchedCells,
} from "./feature-offences.ts";
import { PRIORITY_END } from "./record-priorities.ts";
import { BatchRecords, type SampledRecord } from "./sampled-record.ts";
import { SampledRows } from "./sampled-rows.ts";

/** Records of a batch that are few. */
const FEW = 8;

export interface CollectorOptions extends Omit<OffenceOptions, "lenientNumbers"> {
  readonly seed: number;
  /** The rule of the feature that the column at a position meets; undefined where there is none. */
  readonly ruleAt: (position: number) => OffenceRule | undefined;
}

/** The watch of a column at a position. */
interface PlacedWatch {
  readonly position: number;
  readonly watch: OffenceWatch;
  /** The priority below which it takes records of the batch under way. */
  ceiling: number;
}

/** Collects from batches of one width, or from those with names. */
export class OffenderCollector {
  readonly rows: SampledRows;
  readonly #options: CollectorOptions & OffenceOptions;
  readonly #records: BatchRecords;
  readonly #offences: (FeatureOffences | undefined)[] = [];
  readonly #watches: PlacedWatch[] = [];

  /** Takes the kernel, if any, in whose memory batches lie. */
  constructor(options: CollectorOptions, lenientNumbers: boolean, kernel?: Kernel | undefined) {
    this.#options = { ...options, lenientNumbers };
    this.#records = new BatchRecords(options.seed, kernel);
    this.rows = new SampledRows({ lenientNumbers, kernel });
  }

  /** Takes a batch of the run's file of this number, from 0, that the accumulators have folded. */
  add(batch: Batch, file: number, accumulators: readonly WatchedCells[]): void {
    for (let position = this.#offences.length; position < accumulators.length; position++) {
      this.#watch(position, accumulators[position]!);
    }
    const records = this.#records;
    const highest = this.#raise(batch.records);
    records.take(batch, file, Math.max(this.rows.ceiling, highest));
    const least = records.priorityAt(0);
    // As a rule no record can enter a sample; what it breaks is counted elsewhere.
    if (least === Number.POSITIVE_INFINITY) return;
    this.rows.add(batch, records);
    if (least < highest)
      this.#addTo(
        this.#watches.filter(({ ceiling }) => least < ceiling),
        batch,
      );
  }

  /** Shows the records of a batch, the earliest first, to watches that may take some. */
  #addTo(watches: readonly PlacedWatch[], { columns }: Batch): void {
    const records = this.#records;
    for (let place = 0, isWanted = true; isWanted; place++) {
      const priority = records.priorityAt(place);
      let record: SampledRecord | undefined;
      isWanted = false;
      for (const { position, watch } of watches) {
        if (priority >= watch.ceiling) continue;
        isWanted = true;
        const column = columns[position]!;
        const row = records.rowAt(place);
        if (!watch.isBrokenBy(column, row)) continue;
        record ??= records.at(place);
        watch.add(column, row, record, priority);
      }
    }
  }

  /** Finds the ceilings of the watches for a batch of so many records, and the highest of them. */
  #raise(records: number): number {
    // Few cells are sooner read than it is asked whether any of the batch offends.
    const few = (FEW / records) * PRIORITY_END;
    let highest = 0;
    for (const placed of this.#watches) {
      const { watch } = placed;
      let { ceiling } = watch;
      if (ceiling > few && !watch.hasRisen()) ceiling = 0;
      if (ceiling > highest) highest = ceiling;
      placed.ceiling = ceiling;
    }
    return highest;
  }

  #watch(position: number, accumulator: WatchedCells): void {
    const rule = this.#options.ruleAt(position);
    const offences = rule && new FeatureOffences(rule, accumulator, this.#options);
    this.#offences.push(offences);
    for (const watch of offences?.watches ?? []) {
      this.#watches.push({ position, watch, ceiling: 0 });
    }
  }

  /** What was collected of the column at a position; undefined where it met no feature. */
  offencesAt(position: number): FeatureOffences | undefined {
    return this.#offences[position];
  }
}
