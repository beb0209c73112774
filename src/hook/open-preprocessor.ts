/**
 * A user's script between records and rows: the `record_preprocessor_script` of the service's
 * container in Python (Amazon SageMaker developer guide, "Preprocessing and Postprocessing"), and
 * its JavaScript counterpart.
 *
 * | the script returns | outcome |
 * | --- | --- |
 * | a flat dict or object | one row; an array of them is as many rows |
 * | an array of scalars | one row by position |
 * | the record itself, unchanged | the record is read as if there were no script |
 * | `[]`, `None`, `null` or `undefined` | the record is dropped |
 * | anything else, or it raises | a fault |
 *
 * Records go in batches that their content alone decides; outcomes do not depend on them.
 */
import type { HookOutcome, HookRecord, Preprocessor } from "../source/preprocess/preprocessor.ts";
import type { PreprocessorOptions } from "./hook-options.ts";
import { HookSession } from "./hook-session.ts";
import { OutcomeReader } from "./outcome-reader.ts";

const BATCH_RECORDS_MAX = 1024;
const BATCH_LENGTH_MAX = 1024 * 1024;
const TIMEOUT_MS = 60_000;

export interface OpenPreprocessor extends Preprocessor {
  /** Ends the script, and waits until it has ended; to be called in every case. Never rejects. */
  close(): Promise<void>;
}

/**
 * Loads a script. Rejects with a configuration error when there is no such script, no interpreter
 * or no such function, or when loading it fails. `timeoutMs` is 60 seconds by default; slow scripts
 * answer record by record, so it bounds a single record.
 */
export async function openPreprocessor(options: PreprocessorOptions): Promise<OpenPreprocessor> {
  const { dataset, semantics, seed = 0, timeoutMs = TIMEOUT_MS } = options;
  const session = await HookSession.open(options, { role: "preprocess", dataset, seed }, timeoutMs);
  const reader = new OutcomeReader(semantics === "model-monitor");
  let ordinal = 0;
  return {
    async preprocess(records, names) {
      const batches = cut(records).map(async (batch) => {
        const outcomes: HookOutcome[] = [];
        const message = { records: batch, ordinal, names };
        ordinal += batch.length;
        await session.request(message, (reply) => {
          if ("outcomes" in reply) outcomes.push(...reader.read(reply.outcomes));
          return outcomes.length === batch.length;
        });
        return outcomes;
      });
      return (await Promise.all(batches)).flat();
    },
    close: () => session.close(),
  };
}

/** Cuts records into batches; one that is too long alone has a batch of its own. */
function cut(records: readonly HookRecord[]): readonly (readonly HookRecord[])[] {
  const batches: HookRecord[][] = [];
  let length = 0;
  for (const record of records) {
    const batch = batches.at(-1);
    length += record.text.length;
    if (batch === undefined || batch.length === BATCH_RECORDS_MAX || length > BATCH_LENGTH_MAX) {
      batches.push([record]);
      length = record.text.length;
    } else {
      batch.push(record);
    }
  }
  return batches;
}
