/**
 * Records of CSV files on their way through a user's script, a batch at a time.
 *
 * A script takes a record as its line; lines are written anew from the cells, with commas and with
 * quotes only where a cell needs them. Memory: a batch of records as texts and the script's rows.
 */
import { MISSING } from "../../base/cells.ts";
import type { Batch } from "../batch/batch.ts";
import { RowBatches } from "../batch/row-batches.ts";
import { type Fault, isFault } from "../capture/capture-record.ts";
import type { CaptureRow, RowOptions } from "../capture/capture-rows.ts";
import type { SelectionOptions } from "../column-selection.ts";
import { emptyTally } from "../content/input-content.ts";
import type {
  InputTally,
  RecordSource,
  RejectionListener,
  RejectReason,
} from "../record-source.ts";
import type { HookOutcome, HookRecord, Preprocessor } from "./preprocessor.ts";

export interface PreprocessCsvOptions extends SelectionOptions {
  readonly preprocessor: Preprocessor;
  readonly semantics: RowOptions["semantics"];
  readonly featureNames?: readonly string[] | undefined;
  readonly nullTokens?: readonly string[] | undefined;
  readonly emptyIsMissing?: boolean | undefined;
  readonly onReject: RejectionListener;
}

/**
 * Puts a script between a CSV source and its reader. The source must keep all columns and texts:
 * columns are chosen, and missing texts told, of what the script makes. Throws a usage error when
 * no column is left to read.
 */
export function preprocessCsv(source: RecordSource, options: PreprocessCsvOptions): RecordSource {
  const batches = new RowBatches({
    ...options,
    // A row is whole as the script made it.
    sides: "input",
    outputColumnsPosition: "START",
  });
  const tallies = source.tallies.map(({ path }) => emptyTally(path));
  return {
    get names() {
      return batches.names;
    },
    batches: readBatches(source, tallies, batches, options),
    tallies,
    isSameUnderBoth: () => batches.rows.isSameUnderBoth,
  };
}

async function* readBatches(
  source: RecordSource,
  tallies: readonly InputTally[],
  batches: RowBatches,
  { preprocessor, onReject }: PreprocessCsvOptions,
): AsyncGenerator<Batch> {
  let tally = emptyTally("");
  for await (const batch of source.batches) {
    const { file, lines } = batch.origins;
    if (file !== tally.path) {
      yield* batches.finish();
      tally = tallies.find(({ path }) => path === file)!;
      batches.begin(tally);
    }
    const records = recordsOf(batch);
    const outcomes = await preprocessor.preprocess(records, source.names);
    for (const [at, outcome] of outcomes.entries()) {
      const line = lines[at]!;
      const rows = rowsOf(batches, outcome, records[at]!, source.names);
      if (!isFault(rows)) {
        yield* batches.addAll(rows, line);
        continue;
      }
      tally.rejected[rows.reason] = (tally.rejected[rows.reason] ?? 0) + 1;
      onReject({ file, line, ...rows, text: records[at]!.text });
    }
  }
  yield* batches.finish();
  for (const [at, read] of source.tallies.entries()) addRead(tallies[at]!, read);
}

function rowsOf(
  batches: RowBatches,
  outcome: HookOutcome,
  { cells }: HookRecord,
  names: readonly string[] | undefined,
): readonly CaptureRow[] | Fault {
  const same = { kind: "rows", rows: [{ names, texts: cells! }] } as const;
  const rows = batches.take(outcome.kind === "same" ? same : outcome);
  if (isFault(rows)) return rows;
  const detail = batches.reserve(rows);
  return detail === undefined ? rows : { reason: "row_length", detail };
}

/** Adds what the source counted to what came of its records. */
function addRead(tally: InputTally, read: InputTally): void {
  const { path: _, records: __, rejected, ...counts } = read;
  Object.assign(tally, { ...counts, dropped: tally.dropped });
  for (const [reason, count] of Object.entries(rejected) as [RejectReason, number][]) {
    tally.rejected[reason] = (tally.rejected[reason] ?? 0) + count;
  }
}

function recordsOf({ records, columns }: Batch): HookRecord[] {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return Array.from({ length: records }, (_, row) => {
    const cells = columns.map(({ bytes, starts, ends }) =>
      starts[row] === MISSING ? null : decoder.decode(bytes.subarray(starts[row], ends[row])),
    );
    return { text: cells.map(renderCell).join(","), cells };
  });
}

/** A quoted empty cell is a text, an unquoted one is missing. */
function renderCell(cell: string | null): string {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
