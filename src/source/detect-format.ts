/**
 * Which reader an input needs, told from its name and, where that says nothing, from its first
 * bytes: a `{` begins a capture record, anything else is CSV.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import { emptyTally, readContent } from "./input-content.ts";
import { peekBytes } from "./peek-bytes.ts";
import type { ByteInput } from "./record-source.ts";

export type InputFormat = "csv" | "capture";

const NAMES: readonly (readonly [RegExp, InputFormat])[] = [
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, "capture"],
  [/\.(csv|tsv|txt)(\.gz)?$/i, "csv"],
];

const HEAD_BYTES = 4096;
const SPACES: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];
const BRACE = 0x7b;

export interface DetectedInputs {
  readonly format: InputFormat;
  /** The inputs, standard input made readable once more. */
  readonly inputs: readonly ByteInput[];
}

/** Tells the one format of all inputs; a usage error when they are of several. */
export async function detectFormat(found: readonly ByteInput[]): Promise<DetectedInputs> {
  const inputs: ByteInput[] = [];
  const firstOf = new Map<InputFormat, string>();
  for (const input of found) {
    const { format, replayed } = await detectOne(input);
    inputs.push(replayed);
    if (!firstOf.has(format)) firstOf.set(format, input.path);
  }
  const [first, second] = [...firstOf];
  if (second !== undefined) {
    throw new TidemarkError({
      code: "usage",
      what: `the inputs mix formats: ${first![1]} is ${first![0]}, ${second[1]} is ${second[0]}`,
      expected: "inputs of one format",
      hint: "Read them in separate runs, or say which one it is with --format.",
    });
  }
  return { format: first?.[0] ?? "csv", inputs };
}

async function detectOne(input: ByteInput): Promise<{ format: InputFormat; replayed: ByteInput }> {
  const byName = NAMES.find(([pattern]) => pattern.test(input.path));
  if (byName !== undefined) return { format: byName[1], replayed: input };
  const { head, chunks } = await peekBytes(input.chunks(), HEAD_BYTES);
  const format = await formatOf(input, head);
  return { format, replayed: { ...input, chunks: () => chunks } };
}

async function formatOf(input: ByteInput, head: Uint8Array): Promise<InputFormat> {
  const stored: ByteInput = { ...input, chunks: () => once(head) };
  try {
    for await (const chunk of readContent(stored, emptyTally(input.path))) {
      const first = chunk.find((byte) => !SPACES.includes(byte));
      if (first !== undefined) return first === BRACE ? "capture" : "csv";
    }
  } catch {
    // A head of a gzip file ends too early; its reader will say so if the whole one does.
  }
  return "csv";
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
