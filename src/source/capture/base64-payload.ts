/**
 * The text inside a BASE64 payload and how it is to be read, told by its content type.
 *
 * | content type, parameters aside | read as |
 * | --- | --- |
 * | `text/csv`, `application/csv` | CSV |
 * | `application/json`, `*+json`, `application/jsonlines`, `application/x-ndjson` | JSON |
 * | other `text/*`, none | JSON when it begins with `{` or `[`, else CSV |
 * | anything else | not read |
 *
 * Base64 is that of RFC 4648 section 4, strictly: padded, one line, no stray bits. The text is in
 * the `charset` parameter's encoding where the WHATWG Encoding Standard knows it, else in UTF-8.
 */

import type { RejectReason } from "../record-source.ts";
import type { Utf8Tally } from "../utf8.ts";
import type { Side } from "./capture-record.ts";

/** Types that endpoints are asked with and that a message may name: others may be any text. */
const UNREAD_TYPES: readonly string[] = [
  "application/octet-stream",
  "application/pdf",
  "application/x-image",
  "application/x-npy",
  "application/x-npz",
  "application/x-parquet",
  "application/x-protobuf",
  "application/x-recordio-protobuf",
  "audio/wav",
  "audio/x-wav",
  "image/jpeg",
  "image/png",
];

const REPLACEMENT = "\u{fffd}";

export interface PayloadText {
  readonly text: string;
  readonly format: "csv" | "json";
}

/** Why a payload can not be read. */
export interface PayloadProblem {
  readonly reason: RejectReason;
  /** Stands before "the input", such as "row 2 of ". */
  readonly place?: string | undefined;
  /** Stands behind it. */
  readonly problem: string;
}

/** Decodes a payload; sequences that are invalid in its charset become U+FFFD and are counted. */
export function decodeBase64(
  { data, contentType = "" }: Side,
  tally: Utf8Tally,
): PayloadText | PayloadProblem {
  const [mediaType = ""] = contentType.split(";");
  const type = mediaType.trim().toLowerCase();
  const format = formatOf(type);
  if (format === undefined) {
    const problem = `is BASE64 of ${nameOf(type)}, which is not read`;
    return { reason: "content_type", problem };
  }
  const bytes = Buffer.from(data, "base64");
  if (bytes.toString("base64") !== data) return { reason: "base64", problem: "is no BASE64" };
  const text = decodeText(bytes, contentType, tally);
  return { text, format: format === "either" ? sniff(text) : format };
}

function formatOf(type: string): "csv" | "json" | "either" | undefined {
  if (type === "text/csv" || type === "application/csv") return "csv";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  if (type === "application/jsonlines" || type === "application/x-ndjson") return "json";
  return type === "" || type.startsWith("text/") ? "either" : undefined;
}

function nameOf(type: string): string {
  return UNREAD_TYPES.includes(type) ? type : "a content type";
}

function sniff(text: string): "csv" | "json" {
  return /^\s*[{[]/.test(text) ? "json" : "csv";
}

function decodeText(bytes: Uint8Array, contentType: string, tally: Utf8Tally): string {
  const charset = charsetOf(contentType);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder(charset).decode(bytes);
    tally.invalidUtf8 += text.split(REPLACEMENT).length - 1;
    return text;
  }
}

function charsetOf(contentType: string): string {
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return "utf-8";
  }
}
