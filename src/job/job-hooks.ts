/** The scripts of a run: opened when they are needed, closed however the run ends. */
import type { HookDataset, HookOptions } from "../hook/hook-options.ts";
import type { OpenPreprocessor } from "../hook/open-preprocessor.ts";
import { VIOLATIONS_FILE } from "../monitor/violations-file.ts";
import type { RecordFormat } from "../source/detect-format.ts";
import { CONSTRAINTS_FILE, STATISTICS_FILE } from "./baseline-folder.ts";
import type { JobOptions } from "./job-options.ts";
import type { TextFile } from "./output.ts";

const DATASETS: Readonly<Record<RecordFormat, HookDataset>> = {
  csv: "csv",
  capture: "capture",
  jsonl: "json",
  // Refused once the records are opened.
  parquet: "csv",
  arrow: "csv",
  transform: "csv",
};

export class JobHooks {
  readonly #options: JobOptions;
  #open: OpenPreprocessor | undefined;

  constructor(options: JobOptions) {
    this.#options = options;
  }

  /** Opens the preprocessor, where there is one. Throws as `openPreprocessor` does. */
  async open(format: RecordFormat): Promise<OpenPreprocessor | undefined> {
    const { hooks, seed, semantics = "tidemark" } = this.#options;
    if (hooks?.preprocessor === undefined) return undefined;
    const { openPreprocessor } = await import("../hook/open-preprocessor.ts");
    this.#open = await openPreprocessor({
      ...this.#shared(),
      script: hooks.preprocessor,
      dataset: DATASETS[format],
      semantics,
      seed,
    });
    return this.#open;
  }

  /** Runs the postprocessor on the run's files, if there is one. Throws as `runPostprocessor`. */
  async finish(files: readonly TextFile[]): Promise<void> {
    const { hooks, output } = this.#options;
    if (hooks?.postprocessor === undefined) return;
    const parse = (name: string): object | undefined => {
      const file = files.find((each) => each.name === name);
      return file && JSON.parse(file.text);
    };
    const { runPostprocessor } = await import("../hook/run-postprocessor.ts");
    await runPostprocessor({
      ...this.#shared(),
      statistics: parse(STATISTICS_FILE)!,
      constraints: parse(CONSTRAINTS_FILE)!,
      violations: parse(VIOLATIONS_FILE),
      script: hooks.postprocessor,
      outputPath: output,
    });
  }

  async close(): Promise<void> {
    await this.#open?.close();
  }

  #shared(): Omit<HookOptions, "script"> {
    const { hooks, showValues, signal } = this.#options;
    const { environment = {}, timeoutSeconds, log = () => {} } = hooks ?? {};
    const timeoutMs = timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000;
    const python = environment["TIDEMARK_PYTHON"];
    return { environment, python, showsValues: showValues, timeoutMs, log, signal };
  }
}
