/** The CSV package, for reading odd dialects and for writing; loaded once it is needed. */
import type Papa from "papaparse";

export type { Papa };

export async function loadPapaparse(): Promise<typeof Papa> {
  return (await import("papaparse")).default;
}
