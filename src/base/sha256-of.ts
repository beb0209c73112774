/** SHA-256 of texts. */
import { createHash } from "node:crypto";

/** Hashes a text's UTF-8 bytes to 64 lower-case hexadecimal digits. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
