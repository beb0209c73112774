/** Values of a program as the cells of a column: numbers, texts, and null for what is missing. */
import { MISSING } from "../base/cells.ts";
import { TextFinder } from "./batch/text-finder.ts";
import { type CellCounter, type CellRun, layWritten } from "./columnar/cell-writer.ts";
import type { ColumnWriter } from "./columnar/column-runs.ts";
import { DoubleCells } from "./columnar/double-cells.ts";
import { INFINITY_TEXT, NAN_TEXT, writeNumber } from "./columnar/number-text.ts";
import type { CellStore } from "./record-shape.ts";

/** Texts of a batch among which equal ones are looked for: of more, few are equal. */
const TEXTS_MAX = 1024;

/**
 * Makes what takes the cells of one column, which stand in the store when it is called. They are
 * counted where the numbers lie in the kernel's memory.
 */
export function valueWriter({ numbers, texts }: CellStore): ColumnWriter {
  const doubles = new DoubleCells(writeNumber);
  const write = (from: number, to: number, run: CellRun): void => {
    for (let at = from; at < to; ) {
      const number = numbers[at]!;
      if (Number.isNaN(number)) {
        let end = at + 1;
        while (end < to && Number.isNaN(numbers[end])) end += 1;
        addTexts(texts, at, end, run);
        at = end;
        continue;
      }
      if (Number.isFinite(number)) doubles.add(number, run);
      else addText(nonFiniteText(number), run);
      at += 1;
    }
    doubles.flush(run);
  };
  /** The cells of the texts that the batch holds. */
  const cells = new TextFinder();
  let stamp = 0;
  const count: CellCounter = (from, to, row, counts, run) => {
    if (stamp !== counts.stamp) cells.clear();
    stamp = counts.stamp;
    if (cells.size > TEXTS_MAX) {
      write(from, to, run);
      counts.layRun(run, row);
      return;
    }
    const isText = (at: number): boolean => Number.isNaN(numbers[at]) && texts[at] !== null;
    // Between texts there is hardly a number to be counted.
    const areTexts = isText(from) && isText(to - 1);
    const left = areTexts ? to - from : counts.countNumbers(numbers, from, to - from, 0);
    let bytes = 0;
    for (let each = 0; each < left; each++) {
      const place = areTexts ? each : counts.restAt(each);
      const at = from + place;
      const text = texts[at]!;
      if (!Number.isNaN(numbers[at])) {
        layWritten(at, row + place, counts, run, write);
      } else if (text === null) {
        counts.missing += 1;
      } else {
        const cell = cells.find(text);
        if (cell >= 0) bytes += counts.addTo(cell);
        else cells.set(text, layWritten(at, row + place, counts, run, write));
      }
    }
    counts.leaveOut(bytes);
  };
  return { write, count: numbers.buffer instanceof SharedArrayBuffer ? count : undefined };
}

/** Adds texts, null for missing ones: as one text where each character of it is a byte. */
function addTexts(texts: CellStore["texts"], from: number, to: number, run: CellRun): void {
  const { builder, starts, ends } = run;
  const first = run.count;
  let joined = "";
  for (let at = from; at < to; at++) {
    const text = texts[at]!;
    if (text === null) {
      run.addMissing();
    } else {
      run.add(joined.length, joined.length + text.length);
      joined += text;
    }
  }
  const start = builder.appendText(joined);
  if (builder.position === start + joined.length) {
    for (let cell = first; cell < run.count; cell++) {
      if (starts[cell] === MISSING) continue;
      starts[cell]! += start;
      ends[cell]! += start;
    }
    return;
  }
  builder.endText(start);
  run.count = first;
  for (let at = from; at < to; at++) {
    if (texts[at] === null) run.addMissing();
    else addText(texts[at]!, run);
  }
}

function addText(text: string, run: CellRun): void {
  const start = run.builder.appendText(text);
  run.add(start, run.builder.position);
}

/** The text of a cell, null for a missing one; undefined for what is not one cell. */
export function scalarOf(value: unknown): string | null | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return Number.isFinite(value) ? String(value) : nonFiniteText(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      if (!(value instanceof Date)) return undefined;
      return Number.isNaN(value.getTime()) ? null : value.toISOString();
    default:
      return undefined;
  }
}

/** The text of a number that JSON can not spell. */
function nonFiniteText(value: number): string {
  if (Number.isNaN(value)) return NAN_TEXT;
  return value < 0 ? `-${INFINITY_TEXT}` : INFINITY_TEXT;
}
