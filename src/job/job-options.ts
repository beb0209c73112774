/** The options both jobs share: plain values, so that a job can be run from anywhere. */
import type { Readable } from "node:stream";
import type { Semantics } from "../base/semantics.ts";
import type { Constraints, MonitoringConfig } from "../constraints/constraints.ts";
import type { Comparison } from "../monitor/compare.ts";
import type { Insights } from "../monitor/insights.ts";
import type { CurrentProfile, Profile } from "../profile/profile.ts";
import type { Schema } from "../profile/statistics-file.ts";
import type { Progress } from "../report/progress.ts";
import type { InputFormat } from "../source/input-formats.ts";
import type { Preprocessor } from "../source/preprocess/preprocessor.ts";
import type { LoadedBaseline } from "./baseline-folder.ts";
import type { RejectedMax } from "./rejection-count.ts";

export const SSE_ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"] as const;

/** How records are read and profiled. */
export interface ReadOptions {
  readonly semantics?: Semantics | undefined;
  /** Told from names and first bytes when absent; of batch transforms that of their files. */
  readonly format?: InputFormat | undefined;
  /** CSV: true and false decide; absent, a header is expected and a missing one is an error. */
  readonly header?: boolean | undefined;
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
  readonly csvEscape?: "double" | "backslash" | undefined;
  /** Texts read as missing. */
  readonly nullTokens?: readonly string[] | undefined;
  readonly emptyIsMissing?: boolean | undefined;
  /** Names or positions (from 0) of the columns to keep. */
  readonly columns?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly lenientNumbers?: boolean | undefined;
  /** Default `{ share: 0.05 }`. */
  readonly maxRejectedShare?: RejectedMax | undefined;
  /** Capture records: which side's cells come first. */
  readonly outputColumnsPosition?: "START" | "END" | undefined;
  readonly sides?: "both" | "input" | "output" | undefined;
  /** Capture records: the window [start, end), as ISO 8601 times. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** Batch transforms: where objects lie, as `s3://bucket/path=/local/folder`. */
  readonly map?: readonly string[] | undefined;
  /** File, folder or glob of labels to join captured records with; others are left out. */
  readonly groundTruth?: string | undefined;
  /** Makes the rows of each record; a job opens the script of its `hooks` instead. */
  readonly preprocessor?: Preprocessor | undefined;
  /**
   * Threads that share large CSV files, by default the processors at hand from 200 MB on; above 1,
   * one of them hashes captured traffic from 100 MB on.
   */
  readonly threads?: number | undefined;
  /**
   * Whether to gather what stands behind a verdict beside the numbers of its checks: records,
   * outermost quantiles, both sides in few numbers and on common buckets, what moved, advisories
   * and `report.html`. True by default; the service's files are the same without.
   */
  readonly evidence?: boolean | undefined;
  readonly stdin?: Readable | undefined;
  /** Ends the run; nothing is published and no temporary file stays. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Scripts of the user's, in Python (`.py`) or JavaScript (`.js`, `.mjs`, `.cjs`): one between
 * records and rows, one after the files are written.
 */
export interface HookSettings {
  readonly preprocessor?: string | undefined;
  readonly postprocessor?: string | undefined;
  /** Variables of the scripts' processes; `PATH` finds Python, `TIDEMARK_PYTHON` names it. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Longest time without an answer; by default 60 for a record and 600 for the last script. */
  readonly timeoutSeconds?: number | undefined;
  /** Takes each line that a script prints or logs; by default none is kept. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A whole run, from paths to files. */
export interface JobOptions extends ReadOptions {
  /** Files, folders, globs, here or at `s3://bucket/key`; `-` reads `stdin`. */
  readonly inputs: readonly string[];
  readonly hooks?: HookSettings | undefined;
  /**
   * Seed of all chance in a run: what a preprocessor in JavaScript is given, which records are
   * named as examples. A whole number from 0, which is the default.
   */
  readonly seed?: number | undefined;
  /** Output folder, created when absent, or `s3://bucket/prefix`. */
  readonly output: string;
  /** How objects of an `s3://` output are encrypted; by default the bucket decides. */
  readonly sse?: (typeof SSE_ALGORITHMS)[number] | undefined;
  /** Id or ARN of the key for `aws:kms`; the service's own key by default. */
  readonly sseKmsKey?: string | undefined;
  readonly schema?: Schema | undefined;
  readonly redactSketch?: boolean | undefined;
  readonly unknownAs?: "Unknown" | "String" | undefined;
  /** Lets cell values appear in `rejected.jsonl` and with the records behind violations. */
  readonly showValues?: boolean | undefined;
  /** Whether to write `report.html`; true by default, and never without evidence. */
  readonly report?: boolean | undefined;
  /** Tells temporary files of concurrent runs in a folder apart; default the process id. */
  readonly runId?: string | undefined;
}

export interface BaselineJobOptions extends JobOptions {
  /** Thresholds and methods written into `constraints.json` instead of the service's defaults. */
  readonly monitoringConfig?: Partial<MonitoringConfig> | undefined;
}

/** What counts as a violation. */
export interface VerdictOptions {
  /**
   * Makes violations of raised advisories, of check types of their own (`advisory_psi`, …), after
   * all others.
   */
  readonly advisoriesAsViolations?: boolean | undefined;
}

export interface CheckJobOptions extends JobOptions, VerdictOptions {
  /** Folder or `s3://bucket/prefix` with `constraints.json` and `statistics.json`. */
  readonly baseline: string;
  /** Records named behind each violation; 20 by default, 0 collects none. */
  readonly offenders?: number | undefined;
  /** Write no `constraint_violations.json` when there is no violation. */
  readonly omitEmptyViolations?: boolean | undefined;
  /** Read the inputs again where features drifted, to tell among which records they did. */
  readonly segments?: boolean | undefined;
}

/** The same for a baseline that was read already, or comes from elsewhere than a folder. */
export interface LoadedCheckJobOptions extends Omit<CheckJobOptions, "baseline"> {
  readonly baseline: LoadedBaseline;
}

export interface JobResult {
  readonly insights: Insights;
  /** Names of the files written to the output folder, in order. */
  readonly files: readonly string[];
}

export interface BaselineJobResult extends JobResult {
  readonly profile: Profile;
  /** Those that were suggested. */
  readonly constraints: Constraints;
}

export interface CheckJobResult extends JobResult {
  /** Those that were checked. */
  readonly constraints: Constraints;
  readonly profile: CurrentProfile;
  readonly comparison: Comparison;
}
