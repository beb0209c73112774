/** What two readers of the same capture files must agree on. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export interface CaptureTotals {
  records: number;
  /** Cells of both sides. */
  cells: number;
  /** Bytes of all cells' texts. */
  cellBytes: number;
}

/** Lists the capture files below a folder. */
export function captureFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => join(folder, name));
}
