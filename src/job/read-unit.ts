/** Reads and folds one unit of content, in whatever thread. */
import { Profiler, type UnitState } from "../accumulate/profiler.ts";
import { ContentUnits } from "../source/content/content-units.ts";
import { peekBytes } from "../source/content/peek-bytes.ts";
import { bytesOf, resolveDialect } from "../source/csv/csv-format.ts";
import type { CsvKernel } from "../source/csv/csv-kernel.ts";
import { openCsv } from "../source/csv/csv-reader.ts";
import { guessRecordStart } from "../source/csv/record-start.ts";
import type { ByteInput, RejectionListener } from "../source/record-source.ts";
import { readFile } from "../storage/local-files.ts";
import type { ChunkRoom } from "../storage/storage.ts";
import { ContentMap } from "./content-map.ts";
import { measureLines } from "./measure-lines.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import type { ReadUnit, UnitTask } from "./unit-task.ts";

const NEWLINE = 10;
/** Bytes in which the begin of a record is guessed. */
const GUESSED_BYTES: number = 1024 * 1024;
const EMPTY: UnitState = { records: 0, recordsByFile: [], features: [] };

export interface ReadUnitOptions {
  readonly kernel?: CsvKernel | "webassembly" | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the byte of the content where a unit begins, or may begin. */
export async function findUnitStart(setup: ThreadSetup, task: UnitTask): Promise<number> {
  if (task.isExact) return task.offset;
  const map = new ContentMap(setup.inputs.map(({ size }) => size));
  const { file, byte } = map.placeOf(task.offset);
  const input = setup.inputs[file];
  if (input === undefined) return map.size;
  let at = byte;
  for await (const chunk of readFrom(input.path, byte)) {
    const newline = chunk.indexOf(NEWLINE);
    at += newline < 0 ? chunk.length : newline + 1;
    if (newline >= 0) break;
  }
  if (at >= input.size) return map.startOf(file + 1);
  const { head, close } = await peekBytes(readFrom(input.path, at), GUESSED_BYTES);
  await close();
  const dialect = bytesOf(resolveDialect(setup.csv))!;
  return map.startOf(file) + at + guessRecordStart(head, setup.header.names.length, dialect);
}

/** Reads the unit that begins at a byte of the content; rejections come as they are met. */
export async function readUnit(
  setup: ThreadSetup,
  { folded }: UnitTask,
  start: number,
  onReject: RejectionListener,
  { kernel = "webassembly", signal }: ReadUnitOptions = {},
): Promise<ReadUnit> {
  const map = new ContentMap(setup.inputs.map(({ size }) => size));
  const { file: first, byte } = map.placeOf(start);
  const inputs: ByteInput[] = setup.inputs.slice(first).map(({ path, size }) => ({
    path,
    size,
    chunks: (room) => readFrom(path, 0, room),
    isUnhashed: true,
  }));
  const { path } = inputs[0]!;
  const rest = byte === 0 ? undefined : (room: ChunkRoom) => readFrom(path, byte, room);
  const source = await openCsv(inputs, {
    ...setup.csv,
    kernel,
    onReject,
    units: new ContentUnits(setup.unitBytes, start),
    part: { header: setup.header, rest },
  });
  const { pinned } = setup;
  const options = {
    ...setup.profiler,
    folded,
    pinnedAt: (position: number) => pinned[position] ?? [],
  };
  let profiler: Profiler | undefined;
  let [end, lines] = [map.size, 0];
  for await (const batch of source.batches) {
    signal?.throwIfAborted();
    profiler ??= new Profiler(batch.columns.length, options, batch.columns[0]?.kernel);
    profiler.add(batch);
    const { unitEnd, origins } = batch;
    if (unitEnd === undefined) continue;
    const last = source.tallies.findIndex(({ path }) => path === origins.file);
    lines = unitEnd.lines;
    end = unitEnd.offset ?? 0;
    if (unitEnd.offset === undefined) {
      const from = last === 0 ? byte : 0;
      const measured = await measureLines(origins.file, from, lines);
      end = map.startOf(first + last) + from + measured.bytes;
      source.tallies[last]!.invalidUtf8 = measured.invalidUtf8;
    }
    const tallies = source.tallies.slice(0, last + 1);
    return { start, end, lines, state: profiler.saveUnit(), tallies };
  }
  profiler?.endUnit();
  return { start, end, lines, state: profiler?.saveUnit() ?? EMPTY, tallies: source.tallies };
}

function readFrom(path: string, start: number, room?: ChunkRoom): AsyncGenerator<Uint8Array> {
  return readFile(path, { start, end: Number.POSITIVE_INFINITY }, room);
}
