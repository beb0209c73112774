/**
 * Rows to batches: rows laid by name share a batch, and so do rows by position of one width, so
 * that the profiler can find the most frequent width in one pass. At most 8 widths are followed.
 * Rows by position that are as wide as the baseline go with those laid by name.
 *
 * Invariants: (1) batches depend on the rows alone; (2) rows that share batches come in the order
 * in which they were added. Memory: one batch per width.
 */

import { CaptureColumns } from "../capture/capture-columns.ts";
import type { CaptureKernel } from "../capture/capture-kernel.ts";
import type { Fault } from "../capture/capture-record.ts";
import { type CaptureRow, CaptureRows, type RowOptions } from "../capture/capture-rows.ts";
import type { CaptureTemplates } from "../capture/capture-template.ts";
import type { RecordIds } from "../capture/event-ids.ts";
import type { SelectionOptions } from "../column-selection.ts";
import { emptyTally } from "../content/input-content.ts";
import type { Lines } from "../lines/line-reader.ts";
import type { HookOutcome } from "../preprocess/preprocessor.ts";
import type { InputTally } from "../record-source.ts";
import type { Batch } from "./batch.ts";
import { RowGroup } from "./row-group.ts";
import type { RowSlot } from "./row-slot.ts";

const WIDTHS_MAX = 8;

/** Opens a kernel for the batches of one width; undefined where there is none. */
export type KernelOpener = () => CaptureKernel | undefined;

export class RowBatches {
  /** Makes the rows that `add` takes. */
  readonly rows: CaptureRows;
  readonly #columns: CaptureColumns;
  readonly #featuresCount: number | undefined;
  /** Rows under way, by width if they are by position and not as wide as the baseline. */
  readonly #byWidth: Map<number, RowGroup> = new Map();
  #byName: RowGroup | undefined;
  /** The group of the row added last, and where the next row's cells lie in its batch. */
  #last: { readonly group: RowGroup; readonly slot: RowSlot } | undefined;
  readonly #openKernel: KernelOpener | undefined;
  readonly #offersCounts: boolean;
  #tally: InputTally = emptyTally("");

  /**
   * Takes what opens a kernel for alike lines, where there will be such lines, and whether it may
   * count their cells. Throws a usage error when no column is left to read.
   */
  constructor(
    options: RowOptions & SelectionOptions,
    openKernel?: KernelOpener | undefined,
    offersCounts = false,
  ) {
    this.#openKernel = openKernel;
    this.#offersCounts = offersCounts;
    this.#columns = new CaptureColumns(options);
    this.rows = new CaptureRows(options, this.#columns);
    this.#featuresCount = options.featureNames?.length;
  }

  /** Names that rows brought so far; undefined when none was laid by name. */
  get names(): readonly string[] | undefined {
    return this.rows.named.metNames;
  }

  /** Begins a file; the batches of the one before must have been finished. */
  begin(tally: InputTally): void {
    this.#tally = tally;
    this.rows.begin(tally);
    for (const group of this.#groups) group.begin(tally.path);
  }

  /** Makes room for a record's rows; says why where there is none. */
  reserve(rows: readonly CaptureRow[]): string | undefined {
    const followed = this.#byWidth.size;
    for (const row of rows) {
      const fault = this.#widthFault(row);
      if (fault === undefined) continue;
      // A record that is not read must not take the room of those that are.
      for (const width of [...this.#byWidth.keys()].slice(followed)) this.#byWidth.delete(width);
      return fault;
    }
    return undefined;
  }

  /**
   * Makes the rows that a script made of a record; none when it dropped the record, which is
   * counted.
   */
  take(outcome: Exclude<HookOutcome, { kind: "same" }>): readonly CaptureRow[] | Fault {
    if (outcome.kind === "fault") return { reason: "hook", detail: outcome.detail };
    if (outcome.rows.length === 0) this.#tally.dropped += 1;
    return this.rows.takeTexts(outcome.rows);
  }

  /** Finds the group of a row for which there is room. */
  groupOf(row: CaptureRow): RowGroup {
    if (!this.#isByName(row)) return this.#byWidth.get(row.width)!;
    this.#byName ??= this.#open(this.rows.named.names);
    return this.#byName;
  }

  /** Adds a row to the batch of its group, which must be neither outgrown nor full. */
  add(row: CaptureRow, group: RowGroup, line: number, ids?: RecordIds): void {
    const { builder } = group;
    this.rows.addTo(builder, row, line, ids);
    group.takeLaid();
    this.#tally.records += 1;
    const slot = this.rows.slotAfter(row, builder);
    this.#last = slot && { group, slot };
  }

  /**
   * Adds the rows of lines that are like the one before, from the next line on, and gives their
   * group; undefined, and nothing is added, where that one is not alike.
   */
  addAlike(templates: CaptureTemplates, lines: Lines): RowGroup | undefined {
    if (this.#last === undefined) return undefined;
    const { group, slot } = this.#last;
    if (group.isOutgrown || group.builder.width !== slot.width) return undefined;
    const { kernel, counted } = group;
    const isForKernel = kernel?.takes(templates.last, slot) === true;
    const read = isForKernel
      ? kernel.readInto(slot, lines, counted)
      : templates.readInto(slot, lines);
    if (!isForKernel && read > 0) group.takeLaid();
    this.#tally.records += read;
    return read > 0 ? group : undefined;
  }

  /** Adds the rows of a record and gives the batches that end on the way. */
  *addAll(rows: readonly CaptureRow[], line: number, ids?: RecordIds): Generator<Batch, void> {
    for (const row of rows) {
      const group = this.groupOf(row);
      if (group.isOutgrown) yield* finishGroup(group);
      this.add(row, group, line, ids);
      if (group.builder.isFull) yield* finishGroup(group);
    }
  }

  /** Gives what is left of the file's rows. */
  *finish(): Generator<Batch, void> {
    for (const group of this.#groups) yield* finishGroup(group);
  }

  get #groups(): readonly RowGroup[] {
    return [...(this.#byName === undefined ? [] : [this.#byName]), ...this.#byWidth.values()];
  }

  #isByName({ columns, width }: CaptureRow): boolean {
    return columns !== undefined || width === this.#featuresCount;
  }

  #open(columns: number | readonly string[]): RowGroup {
    const group = new RowGroup(columns, this.#openKernel?.(), this.#offersCounts);
    group.begin(this.#tally.path);
    return group;
  }

  #widthFault(row: CaptureRow): string | undefined {
    const { columns, cells, width } = row;
    if (width === 0) {
      return columns === undefined && this.#columns.isByName
        ? "a row has no names to choose its columns by"
        : `a row of length ${cells} lacks the columns to read`;
    }
    if (this.#isByName(row) || this.#byWidth.has(width)) return undefined;
    if (this.#byWidth.size === WIDTHS_MAX) {
      return `a row has length ${cells}, and rows of ${WIDTHS_MAX} other lengths came before`;
    }
    this.#byWidth.set(width, this.#open(width));
    return undefined;
  }
}

/** Gives the rows of a group as a batch, if there are any, and begins the next one. */
export function* finishGroup(group: RowGroup): Generator<Batch, void> {
  const { records, hasPart } = group.builder;
  if (records > 0 || hasPart) yield group.finish();
  group.reset();
}

/** Gives the rows of a group so far as the first part of a batch. */
export function* finishPart(group: RowGroup): Generator<Batch, void> {
  yield { ...group.finish(), isPart: true };
  group.builder.endPart();
}
