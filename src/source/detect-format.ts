/**
 * Which reader the inputs need, told from their names and their content: that of the first file for
 * all files with a CSV name, and for all with a JSON name, as a folder of captured traffic holds
 * thousands.
 *
 * | content | reader |
 * | --- | --- |
 * | JSON lines of which one of the first has a member `captureData` | capture records |
 * | other JSON lines, an array of records | JSON lines |
 * | an array whose first element has a member `prefix` | manifests of batch transforms |
 * | the first bytes of a Parquet file | Parquet |
 * | those of an Arrow file (Feather v2) or stream | Arrow |
 * | anything else | CSV, or capture records if a JSON name says so |
 *
 * A file with a CSV name is CSV unless it is a manifest; a name of Parquet or Arrow decides alone.
 *
 * Manifests are looked for whatever is said of the format, which is then that of their files.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import { emptyTally, isPacked, readContent } from "./content/input-content.ts";
import { peekBytes } from "./content/peek-bytes.ts";
import type { InputFormat } from "./input-formats.ts";
import { isJsonArray } from "./json/json-array.ts";
import { findJsonMembers } from "./json/json-members.ts";
import type { ByteInput } from "./record-source.ts";
import type { RecordValues } from "./record-values.ts";

export type RecordFormat = InputFormat | "transform";

const NAMES: readonly (readonly [RegExp, FileName])[] = [
  [/\.(csv|tsv|txt)(\.gz|\.zst)?$/, "csv"],
  [/\.(jsonl|ndjson|json)(\.gz|\.zst)?$/, "json"],
  [/\.(parquet|parq|pq)(\.gz|\.zst)?$/, "parquet"],
  [/\.(arrow|arrows|feather|ipc)(\.gz|\.zst)?$/, "arrow"],
];
const PARQUET_MARK = "PAR1";
const ARROW_MARK = "ARROW1\0\0";
/** The first message of an Arrow stream. */
const ARROW_STREAM_MARK = "\xff\xff\xff\xff";

/** What the name of a file says. */
type FileName = "csv" | "json" | "parquet" | "arrow" | "other";

/** Bytes of content in which a record is looked for. */
const HEAD_BYTES: number = 64 * 1024;

const LABELS: Readonly<Record<RecordFormat, string>> = {
  csv: "csv",
  capture: "capture",
  jsonl: "jsonl",
  parquet: "parquet",
  arrow: "arrow",
  transform: "a manifest of batch transforms",
};

export interface DetectedInputs {
  readonly format: RecordFormat;
  /** The inputs, standard input made readable once more. */
  readonly inputs: readonly ByteInput[];
  /** What is in memory, instead of inputs: record batches if it is Arrow, else rows. */
  readonly records?: RecordValues | undefined;
}

/**
 * Tells the one format of all inputs, given what the user says of it; a usage error when they are
 * of several, or when they are ground truth.
 */
export async function detectFormat(
  found: readonly ByteInput[],
  said?: InputFormat | undefined,
): Promise<DetectedInputs> {
  if (said === undefined) return await detectAll(found);
  const first = found[0];
  // A stream stands in no folder, which a manifest must, and may be long in coming.
  const canBeManifest = (said === "csv" || said === "jsonl") && first?.size !== undefined;
  const isManifest = canBeManifest && (await look(first)).format === "transform";
  return { format: isManifest ? "transform" : said, inputs: found };
}

async function detectAll(found: readonly ByteInput[]): Promise<DetectedInputs> {
  const inputs: ByteInput[] = [];
  const firstOf = new Map<RecordFormat, string>();
  /** What files of a name are, once one of them has told it. */
  const told = new Map<FileName, RecordFormat>([
    ["parquet", "parquet"],
    ["arrow", "arrow"],
  ]);
  for (const input of found) {
    const name = nameOf(input.path);
    let format = told.get(name);
    let replayed = input;
    if (format === undefined) {
      ({ format, replayed } = await look(input));
      if (name === "csv" && format !== "transform") format = "csv";
      if (name === "other") format ??= "csv";
      else if (format !== undefined) told.set(name, format);
    }
    inputs.push(replayed);
    if (format !== undefined && !firstOf.has(format)) firstOf.set(format, input.path);
  }
  const [first, second] = [...firstOf];
  if (second !== undefined) {
    throw new TidemarkError({
      code: "usage",
      what:
        `the inputs mix formats: ${first![1]} is ${LABELS[first![0]]}, ` +
        `${second[1]} is ${LABELS[second[0]]}`,
      expected: "inputs of one format",
      hint: "Read them in separate runs, or say which one it is with --format.",
    });
  }
  return { format: first?.[0] ?? (inputs.length > 0 ? "capture" : "csv"), inputs };
}

function nameOf(path: string): FileName {
  const name = path.toLowerCase();
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}

/** Looks into an input; no format where its content is no JSON. */
async function look(
  input: ByteInput,
): Promise<{ format: RecordFormat | undefined; replayed: ByteInput }> {
  // No room is offered, so that a first chunk is no larger than what is looked at.
  const { head, chunks, close } = await peekBytes(
    input.chunks(() => undefined),
    HEAD_BYTES,
  );
  // A file is opened again, so that not all of them stay open until they are read.
  const isFile = input.size !== undefined;
  if (isFile) await close();
  const replayed = isFile ? input : { ...input, chunks: () => chunks };
  return { format: formatOf(await inflateHead(input, head), input.path), replayed };
}

function formatOf(head: Uint8Array, path: string): RecordFormat | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  // The header of a CSV file may begin with these letters, but not with the byte behind them.
  if (start.startsWith(PARQUET_MARK) && /[^ -~]/.test(start[4] ?? "")) return "parquet";
  if (start === ARROW_MARK || start.startsWith(ARROW_STREAM_MARK)) return "arrow";
  const text = new TextDecoder().decode(head).trimStart();
  if (isJsonArray(head)) {
    const element = findJsonMembers(text, 1);
    return element.some(({ key }) => key === "prefix") ? "transform" : "jsonl";
  }
  if (!text.startsWith("{")) return undefined;
  // The first record may be spread over lines.
  const lines = [text, ...text.split("\n").slice(1)];
  const keys = new Set(lines.flatMap((line) => findJsonMembers(line).map(({ key }) => key)));
  if (keys.has("captureData")) return "capture";
  if (keys.size === 0) return undefined;
  if (!keys.has("groundTruthData")) return "jsonl";
  throw new TidemarkError({
    code: "usage",
    location: { file: path },
    what: "holds ground truth",
    expected: "records to profile",
    hint: "Give it with --ground-truth beside the captured records it belongs to.",
  });
}

/** Inflates the first bytes of an input where they are gzip. */
async function inflateHead(input: ByteInput, head: Uint8Array): Promise<Uint8Array> {
  if (!isPacked(head)) return head;
  const stored: ByteInput = { ...input, chunks: () => once(head) };
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of readContent(stored, emptyTally(input.path))) {
      chunks.push(new Uint8Array(chunk));
    }
  } catch {
    // A head of a gzip file ends too early; its reader will say so if the whole one does.
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
