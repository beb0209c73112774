import fc from "fast-check";
import { expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { MISSING } from "../../base/cells.ts";
import { openKernel } from "../../kernel/kernel.ts";
import { RUN_CELLS_MAX } from "../batch/batch.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import {
  type BatchMemory,
  HeapMemory,
  KernelMemory,
  openBatchMemory,
} from "../batch/batch-memory.ts";
import { CellRun } from "./cell-writer.ts";
import { DoubleCells } from "./double-cells.ts";
import { NUMBER_BYTES_MAX, writeDouble, writeNumber, writeSingle } from "./number-text.ts";

function spelled(value: number, write: typeof writeDouble): string {
  const bytes = new Uint8Array(NUMBER_BYTES_MAX);
  const end = write(bytes, 0, value);
  return Buffer.from(bytes.subarray(0, end)).toString();
}

const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((word) => {
  return new Float64Array(BigUint64Array.of(word).buffer)[0]!;
});
const double = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 2, arbitrary: fc.tuple(fc.maxSafeInteger(), fc.nat(17)).map(([n, e]) => n / 10 ** e) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: -60, max: 60 }), fc.nat(3))
      .map(([e, n]) => 2 ** e * (1 + n * 2 ** -52)),
  },
  bits.filter(Number.isFinite),
  fc.integer().map((x) => x / 100),
  fc.integer(),
);

/** Memory of a kernel that has no room for more than so many bytes. */
class FullMemory extends KernelMemory {
  readonly #heap: HeapMemory = new HeapMemory();

  override reserve(bytes: number, held: number): void {
    if (bytes <= 150_000) {
      super.reserve(bytes, held);
      return;
    }
    this.#heap.reserve(bytes, 0);
    new Uint8Array(this.#heap.buffer).set(new Uint8Array(this.buffer, this.from, held));
    this.buffer = this.#heap.buffer;
    this.size = this.#heap.size;
    this.from = 0;
    this.kernel = undefined;
  }

  override another(): BatchMemory {
    return new FullMemory(this.kernel!);
  }
}

it.each<[string, () => BatchMemory]>([
  ["the kernel", openBatchMemory],
  ["a kernel without room", () => new FullMemory(openKernel()!)],
  ["TypeScript", () => new HeapMemory()],
])("doubles of a run are spelled together as they are one by one, by %s", (_, open) => {
  for (const write of [writeDouble, writeNumber, writeSingle]) {
    const cells = new DoubleCells(write);
    const memory = open();
    const builder = new BatchBuilder(memory);
    builder.begin("x", 1);
    const run = new CellRun(builder);
    const law = fc.property(
      fc.array(double, { minLength: 50, maxLength: RUN_CELLS_MAX }),
      (doubles) => {
        const values = write === writeSingle ? doubles.map(Math.fround) : doubles;
        run.count = 0;
        const position = builder.position;
        for (const value of values) cells.add(value, run);
        cells.flush(run);
        const texts = values.map((_, at) => {
          expect(run.starts[at]).not.toBe(MISSING);
          return Buffer.from(builder.bytes.subarray(run.starts[at], run.ends[at])).toString();
        });
        expect(texts).toEqual(values.map((value) => spelled(value, write)));
        expect(builder.position - position).toBe(texts.join("").length);
        if (!(memory instanceof FullMemory)) builder.reset();
      },
    );
    fc.assert(law, { numRuns: casesOf(300, 5_000) });
  }
});
