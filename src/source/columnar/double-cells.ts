/**
 * Doubles as cells, spelled as number-text.ts does. Those of many digits wait until a run ends and
 * are spelled together: by the kernel, or where there is none in half the time of one by one.
 */
import { RUN_CELLS_MAX } from "../batch/batch.ts";
import type { CellRun } from "./cell-writer.ts";
import {
  NUMBER_BYTES_MAX,
  type writeDouble,
  writeShortDouble,
  writeSingle,
} from "./number-text.ts";
import type { SpellKernel } from "./spell-kernel.ts";

/** After so many doubles of many digits in a row short ones are not looked for in the same run. */
const LONG_MAX = 8;
const COMMA = 0x2c;

export class DoubleCells {
  readonly #write: typeof writeDouble;
  readonly #areSingle: boolean;
  /** The doubles that wait, and which cells of the run they are. */
  readonly #waiting: number[] = [];
  readonly #cells: number[] = [];
  /** Doubles of many digits behind the last one of few. */
  #long = 0;
  #scratch: Buffer | undefined;

  /** Takes what writes one: `writeDouble`, `writeSingle` or `writeNumber`. */
  constructor(write: typeof writeDouble) {
    this.#write = write;
    this.#areSingle = write === writeSingle;
  }

  /** Adds a number to a run; it may have no text until `flush`. */
  add(value: number, run: CellRun): void {
    const { builder } = run;
    const bytes = run.room(NUMBER_BYTES_MAX);
    const place = builder.position;
    const isWritten = this.#areSingle && run.spelling === undefined;
    if (isWritten || Number.isInteger(value) || !Number.isFinite(value)) {
      builder.endText(run.add(place, this.#write(bytes, place, value)));
      return;
    }
    if (!this.#areSingle && this.#long < LONG_MAX) {
      const end = writeShortDouble(bytes, place, value);
      if (end !== undefined) {
        this.#long = 0;
        builder.endText(run.add(place, end));
        return;
      }
    }
    this.#long += 1;
    this.#waiting.push(value);
    this.#cells.push(run.count);
    run.add(0, 0);
  }

  /** Writes what waits; must be called before the run is read. */
  flush(run: CellRun): void {
    // The next run begins with a look for a short one.
    this.#long = Math.min(this.#long, LONG_MAX - 1);
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    // Room comes first: it may be in other memory than the kernel's.
    const bytes = run.room(waiting.length * NUMBER_BYTES_MAX);
    const { spelling } = run;
    if (spelling !== undefined) this.#spell(spelling, bytes, run);
    else if (this.#areSingle) this.#writeEach(bytes, run);
    else this.#writeAtOnce(bytes, run);
    waiting.length = 0;
    this.#cells.length = 0;
  }

  #spell(spelling: SpellKernel, bytes: Uint8Array, run: CellRun): void {
    const waiting = this.#waiting;
    const { builder, starts, ends } = run;
    const from = builder.position;
    spelling.values.set(waiting);
    spelling.spell(waiting.length, bytes.byteOffset + from, this.#areSingle);
    let place = from + spelling.ends[waiting.length - 1]!;
    let start = from;
    for (let each = 0; each < waiting.length; each++) {
      const cell = this.#cells[each]!;
      const end = from + spelling.ends[each]!;
      const isSpelled = end > start;
      starts[cell] = isSpelled ? start : place;
      if (!isSpelled) place = this.#write(bytes, place, waiting[each]!);
      ends[cell] = isSpelled ? end : place;
      start = end;
    }
    builder.endText(place);
  }

  #writeEach(bytes: Uint8Array, { builder, starts, ends }: CellRun): void {
    let place = builder.position;
    for (const [each, cell] of this.#cells.entries()) {
      starts[cell] = place;
      place = this.#write(bytes, place, this.#waiting[each]!);
      ends[cell] = place;
    }
    builder.endText(place);
  }

  #writeAtOnce(bytes: Uint8Array, run: CellRun): void {
    const waiting = this.#waiting;
    const text = JSON.stringify(waiting);
    this.#scratch ??= Buffer.alloc(RUN_CELLS_MAX * NUMBER_BYTES_MAX);
    const scratch = this.#scratch;
    const length = scratch.write(text, "latin1");
    const { builder, starts, ends } = run;
    let place = builder.position;
    let each = 0;
    starts[this.#cells[each]!] = place;
    // Between the brackets.
    for (let at = 1; at < length - 1; at++) {
      const byte = scratch[at]!;
      if (byte !== COMMA) {
        bytes[place++] = byte;
        continue;
      }
      ends[this.#cells[each++]!] = place;
      starts[this.#cells[each]!] = place;
    }
    ends[this.#cells[each]!] = place;
    builder.endText(place);
  }
}
