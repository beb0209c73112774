/** One preprocessor in two languages: it names the cells of a captured row by their positions. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "../inputs.ts";

const PYTHON = `def preprocess_handler(inference_record):
    reply = inference_record.endpoint_output.data.rstrip("\\n")
    cells = f"{reply},{inference_record.endpoint_input.data}".split(",")
    return {str(i).zfill(20): cell for i, cell in enumerate(cells)}
`;

const JAVASCRIPT = `export function preprocess({ input, output }) {
  const cells = \`\${output.data.trimEnd()},\${input.data}\`.split(",");
  return Object.fromEntries(cells.map((cell, i) => [String(i).padStart(20, "0"), cell]));
}
`;

/** Writes both scripts and gives their paths by language. */
export function writeHookScripts(): Readonly<Record<"Python" | "JavaScript", string>> {
  const paths = { Python: join(folder, "hook.py"), JavaScript: join(folder, "hook.mjs") };
  mkdirSync(folder, { recursive: true });
  writeFileSync(paths.Python, PYTHON);
  writeFileSync(paths.JavaScript, JAVASCRIPT);
  return paths;
}
