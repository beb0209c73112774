/**
 * Which records break the rules of a feature, sampled: those whose cell is missing, of another type
 * than expected, outside the domain, or negative.
 *
 * A column is looked at again only in batches of which a record could still enter the sample and in
 * which the count of such cells rose, and there only at such records: the more cells fail, the
 * fewer are read twice.
 */
import { MISSING } from "../base/cells.ts";
import { RecordSample } from "../sketch/record-sample.ts";
import { TextEntries } from "../sketch/text-entries.ts";
import type { Column } from "../source/batch/batch.ts";
import { CellReader, FRACTIONAL } from "./cell-reader.ts";
import { cellText } from "./cell-text.ts";
import type { SampledRecord } from "./sampled-record.ts";

export type Offence = "missing" | "mistyped" | "outside" | "negative";

/** Classes of cells, in the order of the class constants. */
const CLASSES = ["integral", "fractional", "boolean", "string"] as const;

/** What the cells of a feature are expected to be; a part that is undefined is not looked at. */
export interface OffenceRule {
  /** The feature that the rule belongs to. */
  readonly name: string;
  readonly isMissingCounted: boolean;
  readonly classes: readonly (typeof CLASSES)[number][] | undefined;
  /** The allowed texts; all of them must be pinned in the accumulator. */
  readonly domain: readonly string[] | undefined;
  readonly isNonNegative: boolean;
}

export interface OffenceOptions {
  /** Records sampled per kind of offence. */
  readonly recordsMax: number;
  readonly lenientNumbers: boolean;
  /** Keeps the cells' texts; otherwise no value is kept at all. */
  readonly keepsValues: boolean;
}

/** What an accumulator tells of the cells that it has folded. */
export interface WatchedCells {
  readonly missing: number;
  readonly present: number;
  /** Counts the present cells of a class, one of the class constants. */
  countOfClass(cellClass: number): number;
  /** Number of finite values below zero. */
  readonly negatives: number;
  /** Counts the cells of pinned texts whenever it is asked. */
  counterOf(texts: readonly string[]): () => number;
}

export interface OffendingRecord {
  readonly record: SampledRecord;
  /** The cell's text, cut; undefined unless values are kept, and for a missing cell. */
  readonly value: string | undefined;
}

/** What is looked at to find the offending cells of a kind. */
interface Watched {
  readonly offence: Offence;
  /** Counts the offending cells so far. */
  readonly total: () => number;
  /** Takes a present cell; of missing ones all offend, or none. */
  readonly isBroken: (bytes: Uint8Array, start: number, end: number) => boolean;
}

/** Samples one kind of offence of a feature, whose accumulator is told of each column before. */
export class OffenceWatch {
  readonly offence: Offence;
  readonly #watched: Watched;
  readonly #keepsValues: boolean;
  readonly #sample: RecordSample<OffendingRecord>;
  #seen = 0;

  constructor(watched: Watched, { recordsMax, keepsValues }: OffenceOptions) {
    this.offence = watched.offence;
    this.#watched = watched;
    this.#keepsValues = keepsValues;
    this.#sample = new RecordSample({ recordsMax });
  }

  /** The priority from which on no record is taken any more. */
  get ceiling(): number {
    return this.#sample.ceiling;
  }

  /** The sampled records, lowest priority first. */
  get sampled(): readonly OffendingRecord[] {
    return this.#sample.kept;
  }

  /** Whether the count of offending cells rose since this was asked last. */
  hasRisen(): boolean {
    const total = this.#watched.total();
    const hasRisen = total !== this.#seen;
    this.#seen = total;
    return hasRisen;
  }

  /** Whether the cell of a row breaks the rule. */
  isBrokenBy({ bytes, starts, ends }: Column, row: number): boolean {
    const start = starts[row]!;
    if (start === MISSING) return this.offence === "missing";
    return this.#watched.isBroken(bytes, start, ends[row]!);
  }

  /** Takes a record whose cell, in a row of the column, breaks the rule. */
  add({ bytes, starts, ends }: Column, row: number, record: SampledRecord, priority: number): void {
    const start = starts[row]!;
    const hasValue = this.#keepsValues && start !== MISSING;
    const value = hasValue ? cellText(bytes, start, ends[row]!) : undefined;
    this.#sample.addOne({ priority, cost: 1, kept: { record, value } });
  }
}

/** Watches one feature. */
export class FeatureOffences {
  readonly name: string;
  readonly watches: readonly OffenceWatch[];

  constructor(rule: OffenceRule, accumulator: WatchedCells, options: OffenceOptions) {
    this.name = rule.name;
    this.watches = watchesOf(rule, accumulator, options.lenientNumbers).map(
      (watched) => new OffenceWatch(watched, options),
    );
  }

  /** The sampled records of a kind, lowest priority first. */
  sampleOf(offence: Offence): readonly OffendingRecord[] {
    return this.watches.find((watch) => watch.offence === offence)?.sampled ?? [];
  }
}

function watchesOf(
  { isMissingCounted, classes, domain, isNonNegative }: OffenceRule,
  accumulator: WatchedCells,
  lenientNumbers: boolean,
): Watched[] {
  const watches: Watched[] = [];
  const reader = new CellReader({ lenientNumbers });
  if (isMissingCounted) {
    watches.push({ offence: "missing", total: () => accumulator.missing, isBroken: () => false });
  }
  const isOther = CLASSES.map((each) => classes !== undefined && !classes.includes(each));
  const others = CLASSES.flatMap((_, i) => (isOther[i]! ? [i] : []));
  if (others.length > 0) {
    watches.push({
      offence: "mistyped",
      total: () => sumOf(accumulator, others),
      isBroken: (bytes, start, end) => isOther[reader.read(bytes, start, end)]!,
    });
  }
  if (domain !== undefined) {
    const countAllowed = accumulator.counterOf(domain);
    const allowed = entriesOf(domain);
    watches.push({
      offence: "outside",
      total: () => accumulator.present - countAllowed(),
      isBroken: (bytes, start, end) => allowed.find(bytes, start, end) < 0,
    });
  }
  if (isNonNegative) {
    watches.push({
      offence: "negative",
      total: () => accumulator.negatives,
      isBroken: (bytes, start, end) =>
        reader.read(bytes, start, end) <= FRACTIONAL &&
        reader.value < 0 &&
        Number.isFinite(reader.value),
    });
  }
  return watches;
}

function sumOf(accumulator: WatchedCells, cellClasses: readonly number[]): number {
  let sum = 0;
  for (const cellClass of cellClasses) sum += accumulator.countOfClass(cellClass);
  return sum;
}

function entriesOf(texts: readonly string[]): TextEntries {
  const entries = new TextEntries();
  for (const text of new Set(texts)) {
    const bytes = new TextEncoder().encode(text);
    entries.insert(bytes, 0, bytes.length, 0);
  }
  return entries;
}
