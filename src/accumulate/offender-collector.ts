/** The records behind the violations of a run, collected in its one pass in bounded memory. */
import type { Batch } from "../source/batch/batch.ts";
import {
  FeatureOffences,
  type OffenceOptions,
  type OffenceRule,
  type OffenceWatch,
  type WatchedCells,
} from "./feature-offences.ts";
import { BatchRecords } from "./sampled-record.ts";
import { SampledRows } from "./sampled-rows.ts";

export interface CollectorOptions extends Omit<OffenceOptions, "lenientNumbers"> {
  readonly seed: number;
  /** The rule of the feature that the column at a position meets; undefined where there is none. */
  readonly ruleAt: (position: number) => OffenceRule | undefined;
}

/** Collects from batches of one width, or from those with names. */
export class OffenderCollector {
  readonly rows: SampledRows;
  readonly #options: CollectorOptions & OffenceOptions;
  readonly #records: BatchRecords;
  readonly #offences: (FeatureOffences | undefined)[] = [];
  readonly #watches: { readonly position: number; readonly watch: OffenceWatch }[] = [];
  /** Those of the watches, and the highest: most have nothing to do in most batches. */
  readonly #ceilings: number[] = [];
  #ceiling = Number.POSITIVE_INFINITY;

  constructor(options: CollectorOptions, lenientNumbers: boolean) {
    this.#options = { ...options, lenientNumbers };
    this.#records = new BatchRecords(options.seed);
    this.rows = new SampledRows({ lenientNumbers });
  }

  /** Takes a batch of the run's file of this number, from 0, that the accumulators have folded. */
  add(batch: Batch, file: number, accumulators: readonly WatchedCells[]): void {
    for (let position = this.#offences.length; position < accumulators.length; position++) {
      this.#watch(position, accumulators[position]!);
    }
    const records = this.#records;
    records.take(batch, file, Math.max(this.#ceiling, this.rows.ceiling));
    this.rows.add(batch, records);
    const { least } = records;
    // None of the batch can enter a sample; what it breaks is counted elsewhere.
    if (least >= this.#ceiling) return;
    const ceilings = this.#ceilings;
    let highest = 0;
    for (let at = 0; at < ceilings.length; at++) {
      if (least < ceilings[at]!) {
        const { position, watch } = this.#watches[at]!;
        watch.add(batch.columns[position]!, records);
        ceilings[at] = watch.ceiling;
      }
      if (ceilings[at]! > highest) highest = ceilings[at]!;
    }
    this.#ceiling = highest;
  }

  #watch(position: number, accumulator: WatchedCells): void {
    const rule = this.#options.ruleAt(position);
    const offences = rule && new FeatureOffences(rule, accumulator, this.#options);
    this.#offences.push(offences);
    for (const watch of offences?.watches ?? []) {
      this.#watches.push({ position, watch });
      this.#ceilings.push(watch.ceiling);
      this.#ceiling = Number.POSITIVE_INFINITY;
    }
  }

  /** What was collected of the column at a position; undefined where it met no feature. */
  offencesAt(position: number): FeatureOffences | undefined {
    return this.#offences[position];
  }
}
