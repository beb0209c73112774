/**
 * Facts of capture records that no profile holds: encodings, rows per record, ids, times, and which
 * side each column comes from. Memory is bounded: at most 1,000 different numbers of each kind, 100
 * kinds of payload, 100,000 ids, and a name per column.
 */
import type { CaptureFacts, Distribution } from "../monitor/inspection.ts";
import { CaptureColumns } from "../source/capture/capture-columns.ts";
import { type CaptureRecord, type Fault, isFault } from "../source/capture/capture-record.ts";
import type { CaptureRow } from "../source/capture/capture-rows.ts";
import { parseTime } from "../source/capture/capture-window.ts";
import { NO_COLUMN } from "../source/capture/named-columns.ts";
import { lengthOf } from "../source/capture/row-pairing.ts";
import { columnKey } from "./column-key.ts";
import type { ReadOptions } from "./job-options.ts";

const NUMBERS_MAX = 1_000;
const PAYLOADS_MAX = 100;
const EVENT_IDS_MAX = 100_000;
const ORIGINS_MAX = 200_000;

/** Where a column's cells come from. */
export interface ColumnOrigin {
  readonly from: "input" | "output" | "both";
  readonly name: string | undefined;
}

type Payload = CaptureFacts["payloads"][number];

export class CaptureTally {
  /** Records in the window that could be parsed. */
  records = 0;
  outsideWindow = 0;
  readonly #isOutputFirst: boolean;
  readonly #columns: CaptureColumns;
  readonly #features: readonly string[];
  readonly #sides = { both: 0, input: 0, output: 0 };
  readonly #payloads = new Map<string, Payload>();
  readonly #rowsPerRecord = new Map<number, number>();
  readonly #cellsPerRow = new Map<number, number>();
  readonly #layout = { by_name: 0, by_position: 0, with_unknown_names: 0 };
  readonly #eventIds = new Set<string>();
  readonly #origins = new Map<string, ColumnOrigin>();
  #mixedEncodings = 0;
  #eventIdsPresent = 0;
  #eventIdsRepeated = 0;
  #inferenceIds = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #unreadableTimes = 0;
  /** The row whose columns were looked at last: most rows of a run are alike. */
  #alike: { columns: readonly number[] | undefined; output: number; cells: number } | undefined;

  /** Takes the options the records are read with, and the baseline's features if there is one. */
  constructor(options: ReadOptions, featureNames: readonly string[] = []) {
    this.#isOutputFirst = options.outputColumnsPosition !== "END";
    this.#columns = new CaptureColumns(options);
    this.#features = featureNames;
  }

  /** Adds a record with its rows; no rows are those of a record outside the window. */
  add(record: CaptureRecord, rows: readonly CaptureRow[] | Fault | undefined): void {
    if (rows === undefined) {
      this.outsideWindow += 1;
      return;
    }
    this.records += 1;
    this.#addSides(record);
    this.#addMetadata(record);
    if (isFault(rows)) return;
    count(this.#rowsPerRecord, rows.length);
    for (const row of rows) this.#addRow(row);
  }

  /** The facts so far. */
  finish(): CaptureFacts {
    const isTimed = this.#first <= this.#last;
    const present = this.#eventIdsPresent;
    return {
      sides: { ...this.#sides },
      payloads: [...this.#payloads.values()].sort(
        (a, b) => Number(a.side > b.side) - Number(a.side < b.side) || b.records - a.records,
      ),
      mixed_encodings: this.#mixedEncodings,
      rows_per_record: distributionOf(this.#rowsPerRecord),
      cells_per_row: distributionOf(this.#cellsPerRow),
      layout: { ...this.#layout },
      event_ids: { present, repeated: this.#eventIdsRepeated },
      inference_ids: { present: this.#inferenceIds },
      times: {
        ...(isTimed ? { first: timeText(this.#first), last: timeText(this.#last) } : {}),
        unreadable: this.#unreadableTimes,
      },
    };
  }

  /** Where the cells of a column come from; undefined when no row had it. */
  originOf(key: string): ColumnOrigin | undefined {
    return this.#origins.get(key);
  }

  #addSides({ input, output }: CaptureRecord): void {
    this.#sides[input && output ? "both" : input ? "input" : "output"] += 1;
    if (input && output && input.encoding !== output.encoding) this.#mixedEncodings += 1;
    for (const [side, payload] of Object.entries({ input, output })) {
      if (payload === undefined) continue;
      const { encoding, contentType } = payload;
      const key = JSON.stringify([side, encoding, contentType]);
      const known = this.#payloads.get(key);
      if (known === undefined && this.#payloads.size === PAYLOADS_MAX) continue;
      this.#payloads.set(key, {
        side: side as Payload["side"],
        encoding,
        content_type: contentType,
        records: (known?.records ?? 0) + 1,
      });
    }
  }

  #addMetadata({ eventId, inferenceId, inferenceTime }: CaptureRecord): void {
    if (inferenceId !== undefined) this.#inferenceIds += 1;
    if (eventId !== undefined) {
      this.#eventIdsPresent += 1;
      if (this.#eventIds.has(eventId)) this.#eventIdsRepeated += 1;
      else if (this.#eventIds.size < EVENT_IDS_MAX) this.#eventIds.add(eventId);
    }
    const time = inferenceTime === undefined ? undefined : parseTime(inferenceTime);
    if (time === undefined) {
      this.#unreadableTimes += 1;
      return;
    }
    this.#first = Math.min(this.#first, time);
    this.#last = Math.max(this.#last, time);
  }

  #addRow(row: CaptureRow): void {
    const { input, output, columns, cells } = row;
    count(this.#cellsPerRow, cells);
    this.#layout[columns === undefined ? "by_position" : "by_name"] += 1;
    const hasNames = input?.names !== undefined || output?.names !== undefined;
    if (columns === undefined && hasNames) this.#layout.with_unknown_names += 1;
    const alike = this.#alike;
    const isAlike = alike?.columns === columns && alike?.cells === cells;
    if (isAlike && alike.output === lengthOf(output)) return;
    this.#alike = { columns, cells, output: lengthOf(output) };
    this.#addOrigins(row);
  }

  #addOrigins({ input, output, columns, cells, width }: CaptureRow): void {
    const sides = [
      { from: "input", range: input, absent: cells - lengthOf(output) },
      { from: "output", range: output, absent: cells - lengthOf(input) },
    ] as const;
    let at = 0;
    let position = 0;
    for (const { from, range, absent } of this.#isOutputFirst ? sides.toReversed() : sides) {
      const length = range === undefined ? absent : lengthOf(range);
      for (let cell = 0; cell < length; cell++, at++) {
        const name = range?.names?.[cell];
        if (columns === undefined) {
          if (!this.#columns.keeps(at, undefined)) continue;
          if (range !== undefined)
            this.#addOrigin(columnKey(width, position, undefined), from, name);
          position += 1;
        } else if (range !== undefined && columns[at] !== NO_COLUMN) {
          const column = this.#features[columns[at]!] ?? name ?? `_c${cell}`;
          this.#addOrigin(columnKey(width, at, column), from, name);
        }
      }
    }
  }

  #addOrigin(key: string, from: "input" | "output", name: string | undefined): void {
    const known = this.#origins.get(key);
    if (known === undefined && this.#origins.size === ORIGINS_MAX) return;
    const isSame = known === undefined || known.from === from;
    this.#origins.set(key, { from: isSame ? from : "both", name: known?.name ?? name });
  }
}

function count(numbers: Map<number, number>, value: number): void {
  const key = numbers.has(value) || numbers.size < NUMBERS_MAX ? value : Number.NaN;
  numbers.set(key, (numbers.get(key) ?? 0) + 1);
}

function distributionOf(numbers: ReadonlyMap<number, number>): Distribution {
  const values = [...numbers]
    .filter(([value]) => !Number.isNaN(value))
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => a.value - b.value);
  return { values, other: numbers.get(Number.NaN) ?? 0 };
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
