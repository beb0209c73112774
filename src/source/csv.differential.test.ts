import Papa from "papaparse";
import { expect, test } from "vitest";
import { MISSING } from "../base/cells.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { ScannedRecords } from "./csv-records.ts";
import { RFC_4180 } from "./csv-scanner.ts";

/** Cells of one record; null is a missing one. */
type Cells = (string | null)[];

interface Reading {
  records: Cells[];
  rejections: number;
}

const decoder = new TextDecoder();

function scan(text: string): Reading {
  const builder = new BatchBuilder();
  let rejections = 0;
  const records = new ScannedRecords("x.csv", RFC_4180, builder, () => {
    rejections++;
  });
  records.append(Buffer.from(text));
  records.end();
  const found: Cells[] = [];
  while (records.read() === "record") {
    const { starts, ends, cells } = records;
    found.push(
      Array.from({ length: cells }, (_, cell) =>
        starts[cell] === MISSING
          ? null
          : decoder.decode(builder.bytes.subarray(starts[cell], ends[cell])),
      ),
    );
  }
  return { records: found, rejections };
}

/** papaparse's rows with the text each was made of. */
interface PapaRow {
  cells: string[];
  text: string;
  hasError: boolean;
}

function papaRows(text: string): PapaRow[] {
  const rows: PapaRow[] = [];
  let from = 0;
  const parser = new Papa.Parser({
    delimiter: ",",
    newline: "\n",
    fastMode: false,
    step: ({ data, errors, meta }: Papa.ParseStepResult<string[][]>) => {
      const raw = text.slice(from, meta.cursor);
      from = meta.cursor;
      rows.push({ cells: data[0]!, text: raw, hasError: errors.length > 0 });
    },
  });
  parser.parse(text, 0, false);
  return rows;
}
