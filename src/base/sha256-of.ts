/** SHA-256 of what lies in memory. */
import { createHash } from "node:crypto";

/** Hashes bytes, of a text those of UTF-8, to 64 lower-case hexadecimal digits. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
