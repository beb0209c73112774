/** A baseline that every cell of a run offends. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Copies a baseline with each feature turned into texts, of which none of the data is allowed. */
export function writeFailing(baselineFolder: string, folder: string): void {
  cpSync(baselineFolder, folder, { recursive: true });
  const path = join(folder, "constraints.json");
  const constraints = JSON.parse(readFileSync(path, "utf8"));
  for (const feature of constraints.features) {
    feature.inferred_type = "String";
    feature.string_constraints = { domains: ["no such text"] };
    delete feature.num_constraints;
  }
  writeFileSync(path, JSON.stringify(constraints));
}
