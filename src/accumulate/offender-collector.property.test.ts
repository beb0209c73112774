import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../../fixtures/cells-of.ts";
import { MISSING } from "../base/cells.ts";
import type { Batch } from "../source/batch/batch.ts";
import { BatchBuilder } from "../source/batch/batch-builder.ts";
import { type BatchMemory, HeapMemory, openBatchMemory } from "../source/batch/batch-memory.ts";
import type { Offence, OffenceRule } from "./feature-offences.ts";
import { Profiler } from "./profiler.ts";
import { RecordPriorities } from "./record-priorities.ts";
import type { SampledRecord } from "./sampled-record.ts";
import { textOfCell } from "./sampled-rows.ts";

type Cell = string | null;

const RULE: OffenceRule = {
  name: "f",
  isMissingCounted: true,
  classes: ["integral", "fractional"],
  domain: ["1", "22", "-3", "yes", "é"],
  isNonNegative: true,
};

const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("1", "22", "-3", "yes", "é") },
  { weight: 2, arbitrary: fc.constantFrom(null, "7", "-4.5", "no", "", "true", "-1e999", "- 5") },
);

/** What breaks each part of the rule, said apart from the code that samples it. */
const BREAKS: { readonly [offence in Offence]: (cell: Cell) => boolean } = {
  missing: (each) => each === null,
  mistyped: (each) => each !== null && !/^[-+]? ?\d+(\.\d+)?([eE]\d+)?$/.test(each),
  outside: (each) => each !== null && !RULE.domain!.includes(each),
  negative: (each) => each !== null && Number(each) < 0 && Number.isFinite(Number(each)),
};

/** Records of one column of one file, from a line on. */
function batchOf(cells: readonly Cell[], line: number): Batch {
  return {
    records: cells.length,
    columns: [cellsOf(cells)],
    origins: {
      file: "a.jsonl",
      lines: Uint32Array.from(cells, (_, i) => line + i),
      eventIds: { at: (record) => `e${line + record}` },
      inferenceIds: undefined,
      inferenceTimes: { at: (record) => `t${line + record}` },
    },
  };
}

/** Folds cells in batches of so many. */
function collect(
  cells: readonly Cell[],
  size: number,
  { recordsMax = 4, seed = 1, keepsValues = true } = {},
) {
  const ruleAt = (): OffenceRule => RULE;
  const profiler = new Profiler(1, {
    pinnedAt: () => RULE.domain!,
    offenders: { seed, recordsMax, keepsValues, ruleAt },
  });
  for (let from = 0; from < cells.length; from += size) {
    profiler.add(batchOf(cells.slice(from, from + size), from + 1), 3);
  }
  return profiler.offenders!;
}

interface PlacedRow {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** What is kept of rows of so many cells, read in batches of `size` laid in a memory. */
function rowsIn(memory: BatchMemory, width: number, size: number, rows: readonly PlacedRow[]) {
  const builder = new BatchBuilder(memory);
  builder.begin("a.jsonl", width);
  const offenders = { seed: 1, recordsMax: 4, keepsValues: true, ruleAt: () => RULE };
  const profiler = new Profiler(width, { offenders }, builder.kernel);
  for (let from = 0; from < rows.length; from += size) {
    for (const { line, cells } of rows.slice(from, from + size)) {
      const ranges = cells.map((each) => {
        const start = each === null ? MISSING : builder.appendText(each);
        return [start, builder.position] as const;
      });
      const [starts, ends] = [0, 1].map((at) => Uint32Array.from(ranges, (range) => range[at]!));
      builder.addRecord(starts!, ends!, width, line);
    }
    profiler.add(builder.finish());
    builder.reset();
  }
  const collector = profiler.offenders!;
  return Array.from({ length: width }, (_, position) => ({
    cells: collector.rows
      .cellsOf(position)
      .map(({ record, value, bytes }) => ({ record, value, text: Buffer.from(bytes).toString() })),
    offences: Object.keys(BREAKS).map((offence) =>
      collector.offencesAt(position)!.sampleOf(offence as Offence),
    ),
  }));
}

function linesOf(records: readonly SampledRecord[]): number[] {
  return records.map(({ line }) => line);
}

describe("OffenderCollector", () => {
  const column = fc.array(cell, { minLength: 1, maxLength: 60 });

  it("samples of each kind the offending records of the lowest priorities, in any batches", () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 60 }), fc.nat(5), (cells, size, seed) => {
        const collector = collect(cells, size, { seed });
        const priorities = new RecordPriorities(seed);
        priorities.take(batchOf(cells, 1), 3);
        const order = [...cells.keys()].sort(
          (a, b) => priorities.values[a]! - priorities.values[b]!,
        );
        const offences = collector.offencesAt(0)!;
        for (const [offence, isBroken] of Object.entries(BREAKS)) {
          const expected = order.filter((i) => isBroken(cells[i]!)).slice(0, 4);
          const sample = offences.sampleOf(offence as Offence);
          expect(sample.map(({ record }) => record.line - 1)).toEqual(expected);
          expect(sample.map(({ value }) => value ?? null)).toEqual(expected.map((i) => cells[i]!));
        }
        expect(linesOf(collector.rows.records)).toEqual(order.map((i) => i + 1));
        const sampled = collector.rows.cellsOf(0);
        expect(sampled.map((each) => [each.record.line - 1, textOfCell(each)])).toEqual(
          order.filter((i) => cells[i] !== null).map((i) => [i, cells[i]]),
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("tells where a sampled record stands and what it says of itself", () => {
    const [sampled] = collect(["1", "-3"], 1).offencesAt(0)!.sampleOf("negative");
    expect(sampled).toEqual({
      record: {
        file: "a.jsonl",
        line: 2,
        place: [3, 0],
        eventId: "e2",
        inferenceId: undefined,
        inferenceTime: "t2",
      },
      value: "-3",
    });
  });

  it("samples other records for another seed", () => {
    const cells = Array<Cell>(50).fill("no");
    const sampleOf = (seed: number) =>
      linesOf(
        collect(cells, 7, { seed })
          .offencesAt(0)!
          .sampleOf("outside")
          .map((e) => e.record),
      );
    expect(sampleOf(1)).toEqual(sampleOf(1));
    expect(sampleOf(1)).not.toEqual(sampleOf(2));
  });

  it("keeps no value unless told to, and cuts those it keeps", () => {
    const long = ["é".repeat(130), "\u{1f600}".repeat(130)];
    const valuesOf = (keepsValues: boolean) =>
      collect(long, 1, { keepsValues })
        .offencesAt(0)!
        .sampleOf("outside")
        .map(({ value }) => value);
    expect(valuesOf(false)).toEqual([undefined, undefined]);
    expect(new Set(valuesOf(true))).toEqual(new Set(["é".repeat(120), "\u{1f600}".repeat(120)]));
  });

  it("keeps whole records of at most 500, and fewer of wide ones", () => {
    const narrow = collect(Array<Cell>(800).fill("1"), 100);
    expect(narrow.rows.records).toHaveLength(500);
    const width = 500;
    const profiler = new Profiler(width, {
      offenders: { seed: 1, recordsMax: 4, keepsValues: false, ruleAt: () => undefined },
    });
    const { columns, ...batch } = batchOf(Array<Cell>(10).fill("0123456789".repeat(60)), 1);
    for (let from = 1; from <= 30; from += 10) {
      const lines = Uint32Array.from({ length: 10 }, (_, i) => from + i);
      profiler.add({
        ...batch,
        columns: Array(width).fill(columns[0]!),
        origins: { ...batch.origins, lines },
      });
    }
    const { rows } = profiler.offenders!;
    // As many as 4 MiB hold of 500 cells cut to 480 bytes each.
    expect(rows.records).toHaveLength(17);
    expect(rows.cellsOf(width - 1).map(({ bytes }) => bytes.length)).toEqual(Array(17).fill(480));
    expect(rows.cellsOf(width)).toEqual([]);
  });

  it("samples in a kernel's memory what it samples in any other, over its kernel's room too", () => {
    const long = fc.integer({ min: 470, max: 490 }).map((length) => "7".repeat(length));
    const table = fc
      .constantFrom(1, 2, 7, 150)
      .chain((width) =>
        fc.tuple(
          fc.constant(width),
          fc.integer({ min: 1, max: 40 }),
          fc.array(
            fc.tuple(fc.nat(1), fc.array(fc.oneof(cell, long), { minLength: 1, maxLength: 7 })),
            { minLength: 1, maxLength: 60 },
          ),
        ),
      );
    fc.assert(
      fc.property(table, ([width, size, drawn]) => {
        let line = 1;
        const rows = drawn.map(([step, some]) => {
          line += step;
          return { line, cells: Array.from({ length: width }, (_, i) => some[i % some.length]!) };
        });
        const memory = openBatchMemory();
        expect(memory.kernel).toBeDefined();
        expect(rowsIn(memory, width, size, rows)).toEqual(
          rowsIn(new HeapMemory(), width, size, rows),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
