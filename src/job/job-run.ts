/** What both jobs do around their work: open the output folder, publish, and clean up. */
import { sha256Of } from "../base/sha256-of.ts";
import { type ErrorCode, TidemarkError } from "../base/tidemark-error.ts";
import type { Baseline } from "../monitor/baseline.ts";
import { buildEmptyInsights, type RunParts } from "../monitor/build-insights.ts";
import { type Insights, writeInsights } from "../monitor/insights.ts";
import type { OffenderSettings } from "../monitor/offender-finder.ts";
import { renderHtml } from "../report/html/render-html.ts";
import { lookAtJson } from "../report/printable.ts";
import { findInputs } from "../source/content/byte-inputs.ts";
import type { FileHashes } from "../source/content/file-hashes.ts";
import type { InputTally } from "../source/record-source.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import { abortable } from "./abortable.ts";
import { INSIGHTS_FILE } from "./baseline-folder.ts";
import { hoursOf } from "./hours-of.ts";
import { JobHooks } from "./job-hooks.ts";
import type { JobOptions, JobResult } from "./job-options.ts";
import { NoRecordsError } from "./no-records.ts";
import { openOutput } from "./open-output.ts";
import type { Output, OutputFile, TextFile } from "./output.ts";
import { type ProfiledInputs, profileInputs } from "./profile-inputs.ts";
import { REJECTED_FILE, RejectionLog } from "./rejection-log.ts";

export const REPORT_FILE = "report.html";

const OF_INPUT: readonly ErrorCode[] = ["input", "no_data"];

export interface Publication {
  /** The run's files in the order of publishing; the last one tells that the run is complete. */
  readonly files: readonly TextFile[];
  /** Files of earlier runs to remove. */
  readonly stale?: readonly string[];
  /** Makes the insights, given the names and hashes of the files above. */
  readonly insightsOf: (outputs: Insights["outputs"]) => Insights;
}

/** A script reads the files it comes after by their path. */
function assertLocalScript({ hooks, output }: JobOptions): void {
  if (hooks?.postprocessor === undefined || !isObjectUrl(output)) return;
  throw new TidemarkError({
    code: "usage",
    location: { file: output },
    what: "a postprocessor is given, but the output is no folder of this machine",
    expected: "a local folder, which the script reads",
    hint: "Leave the script out, or let it copy the files.",
  });
}

export class JobRun {
  /** What every run tells of itself. */
  readonly parts: Omit<RunParts, "tallies">;
  readonly #options: JobOptions;
  readonly #output: Output;
  readonly rejections: RejectionLog;
  readonly #hooks: JobHooks;
  /** Where a thread hashes the inputs: what it tells is not needed before the insights are made. */
  #hashes: FileHashes | undefined;
  #tallies: readonly InputTally[] = [];

  private constructor(command: RunParts["command"], options: JobOptions, output: Output) {
    const { semantics = "tidemark", start, end } = options;
    const window = start === undefined && end === undefined ? undefined : { start, end };
    this.parts = { command, semantics, window };
    this.#options = options;
    this.#output = output;
    this.#hooks = new JobHooks(options);
    this.rejections = new RejectionLog(output, options.showValues ?? false);
  }

  /** Runs `body` with the output folder open; no temporary file stays, however it ends. */
  static async within<T>(
    command: RunParts["command"],
    options: JobOptions,
    body: (run: JobRun) => Promise<T>,
  ): Promise<T> {
    assertLocalScript(options);
    const run = new JobRun(command, options, await openOutput(options));
    try {
      return await body(run);
    } catch (error) {
      // What a stop breaks on its way is not the reason why the run ended.
      options.signal?.throwIfAborted();
      // The log says why an input could not be used, so it outlives the run that failed.
      const isOfInput = error instanceof TidemarkError && OF_INPUT.includes(error.code);
      if (isOfInput && !run.rejections.isEmpty) {
        await run.#output.publish([], run.rejections.finish());
      }
      if (error instanceof TidemarkError && error.code === "no_data")
        await run.#publishEmpty(error);
      throw error;
    } finally {
      await run.#hashes?.close();
      await run.#hooks.close();
      run.rejections.discard();
    }
  }

  /**
   * Tells watchers why there is nothing else, and readers by a page of its own. An earlier run's
   * other files stay as they are and are told by the hashes in their own insights.
   */
  async #publishEmpty(error: TidemarkError): Promise<void> {
    const { emptiness, tallies, groundTruth } =
      error instanceof NoRecordsError
        ? error
        : {
            emptiness: { reason: "no_files", message: error.message } as const,
            tallies: [],
            groundTruth: undefined,
          };
    const insights = buildEmptyInsights({ ...this.parts, tallies, groundTruth }, emptiness);
    const { files, stale } = this.#tellOf(insights);
    await this.#output.publish(files, { stale });
  }

  /** Reads the inputs; what is rejected goes to the run's log, and hashes may follow later. */
  async profile(baseline?: Baseline, offenders?: OffenderSettings): Promise<ProfiledInputs> {
    const { inputs, stdin, signal } = this.#options;
    const bytes = stdin && signal ? abortable(stdin, signal) : stdin;
    const found = await findInputs(inputs, bytes, { signal, hours: hoursOf(this.#options) });
    const read = await profileInputs(found, this.#options, {
      baseline,
      offenders,
      onReject: (rejection) => this.rejections.add(rejection),
      openPreprocessor: (format) => this.#hooks.open(format),
      takeHashes: (hashes) => {
        this.#hashes = hashes;
      },
      rejectedHint: { see: `See ${this.rejections.path}`, raise: "raise --max-rejected" },
    });
    this.#tallies = read.tallies;
    return read;
  }

  /** The insights and their page; a page of an earlier run does not outlive its insights. */
  #tellOf(insights: Insights): { files: OutputFile[]; stale: string[] } {
    const text = writeInsights(insights);
    const content = Buffer.from(text);
    const file = { name: INSIGHTS_FILE, content };
    const { report = true, evidence = true } = this.#options;
    if (!report || !evidence) return { files: [file], stale: [REPORT_FILE] };
    lookAtJson(insights, text);
    const page = { name: REPORT_FILE, content: renderHtml(insights, sha256Of(content)) };
    return { files: [page, file], stale: [] };
  }

  async publish({ files, stale = [], insightsOf }: Publication): Promise<JobResult> {
    await this.#hashes?.tell(this.#tallies);
    const written: readonly OutputFile[] = files.map(({ name, text }) => ({
      name,
      content: Buffer.from(text),
    }));
    const outputs = written.map(({ name, content }) => ({ name, sha256: sha256Of(content) }));
    const insights = insightsOf(outputs);
    const told = this.#tellOf(insights);
    // Just before the last file, so that a complete set always has its insights.
    const all = written.toSpliced(files.length - 1, 0, ...told.files);
    const rejected = this.rejections.finish();
    await this.#output.publish(all, {
      signal: this.#options.signal,
      stale: [...stale, ...rejected.stale, ...told.stale],
      grown: rejected.grown,
    });
    await this.#hooks.finish(files);
    const names = all.map(({ name }) => name);
    return { insights, files: this.rejections.isEmpty ? names : [...names, REJECTED_FILE] };
  }
}
