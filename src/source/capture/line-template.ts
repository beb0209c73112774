/**
 * A line of JSON as fixed bytes with gaps: the texts under `data` and those inside `eventMetadata`.
 */
import { FixedBytes } from "./fixed-bytes.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export type GapKind = "input" | "output" | "eventId" | "inferenceId" | "inferenceTime" | "other";

/** A text that may vary, with the bytes that must stand before it. */
export interface Gap {
  readonly before: FixedBytes;
  readonly kind: GapKind;
}

export interface LineTemplate {
  readonly gaps: readonly Gap[];
  readonly tail: FixedBytes;
}

/** Keys stand between line feeds, which no key without escapes can hold. */
const KIND_OF: ReadonlyMap<string, GapKind> = new Map([
  ["captureData\nendpointInput\ndata", "input"],
  ["captureData\nendpointOutput\ndata", "output"],
  ["eventMetadata\neventId", "eventId"],
  ["eventMetadata\ninferenceId", "inferenceId"],
  ["eventMetadata\ninferenceTime", "inferenceTime"],
]);

/**
 * Cuts a line of JSON into a template; undefined when it has an array, a backslash or a key twice.
 * Gaps of a kind that is not wanted are of kind "other".
 */
export function templateOf(line: Uint8Array, wanted: readonly GapKind[]): LineTemplate | undefined {
  if (line.includes(OPEN_ARRAY) || line.includes(BACKSLASH)) return undefined;
  const gaps: Gap[] = [];
  const paths = new Set<string>();
  /** Keys down to the value under way. */
  const keys: string[] = [];
  let isValue = false;
  let from = 0;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at]!;
    if (byte === OPEN_OBJECT) keys.push("");
    if (byte === CLOSE_OBJECT) keys.pop();
    if (byte === COLON) isValue = true;
    if (byte === COMMA || byte === OPEN_OBJECT) isValue = false;
    if (byte !== QUOTE) continue;
    const close = line.indexOf(QUOTE, at + 1);
    if (!isValue) {
      keys[keys.length - 1] = new TextDecoder().decode(line.subarray(at + 1, close));
      const path = keys.join("\n");
      if (paths.has(path)) return undefined;
      paths.add(path);
    } else if (keys.at(-1) === "data" || keys[0] === "eventMetadata") {
      const kind = KIND_OF.get(keys.join("\n"));
      const isWanted = kind !== undefined && wanted.includes(kind);
      gaps.push({
        before: new FixedBytes(line.subarray(from, at + 1)),
        kind: isWanted ? kind : "other",
      });
      from = close;
    }
    at = close;
  }
  return { gaps, tail: new FixedBytes(line.subarray(from)) };
}
