/** Every fault of a job that its user can mend, with its whole message and exit code. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Flags } from "./flag-values.ts";
import { resolveBaselineOptions, resolveCheckOptions } from "./resolve-options.ts";
import { runBaseline } from "./run-baseline.ts";
import { runCheck } from "./run-check.ts";

const folder = temporaryFolder();
const HOUR = "capture/churn/AllTraffic/2026/11/20";
const CAPTURED =
  '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT",' +
  '"data":"31,basic","encoding":"CSV"}},"eventMetadata":{"eventId":"e"},"eventVersion":"0"}\n';

function write(path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function below(path: string): string {
  return `${folder}/${path}`;
}

/** Runs a command as the command line does, paths being those below the test's folder. */
async function run(command: string, inputs: string[], flags: Flags): Promise<unknown> {
  const paths = inputs.map((path) => (path === "-" ? path : below(path)));
  const folders = ["output", "baseline", "config"].filter((name) => flags[name] !== undefined);
  const all = {
    output: below("out"),
    ...flags,
    ...Object.fromEntries(folders.map((name) => [name, below(String(flags[name]))])),
  };
  return command === "baseline"
    ? await runBaseline(await resolveBaselineOptions(paths, all))
    : await runCheck(await resolveCheckOptions(paths, all));
}

type Fault = readonly [
  command: "baseline" | "check",
  inputs: string[],
  flags: Flags,
  exitCode: number,
  message: string,
];

const AGAINST = { baseline: "baseline" };

const FAULTS: Readonly<Record<string, Fault>> = {
  "a file that is not there": [
    "baseline",
    ["none.csv"],
    {},
    3,
    "none.csv: no such file; expected a CSV file, a folder or a glob. Check the path.",
  ],
  "a folder without a readable file": [
    "baseline",
    ["vacant"],
    {},
    3,
    "vacant: folder has no readable file; expected at least one file whose name does not begin " +
      'with "." or "_". Empty files do not count. Check the path.',
  ],
  "a glob that matches nothing": [
    "baseline",
    ["*.tsv"],
    {},
    3,
    "*.tsv: the glob matches no readable file; expected at least one file whose name does not " +
      'begin with "." or "_". Empty files do not count. Check the pattern, and quote it so that ' +
      "the shell leaves it alone.",
  ],
  "standard input that is not there": [
    "baseline",
    ["-"],
    {},
    2,
    "-: standard input is not available here; expected a CSV file, a folder or a glob.",
  ],
  "a binary file": [
    "baseline",
    ["blob.csv"],
    {},
    3,
    "blob.csv: is not text (binary bytes at offset 0); expected a CSV file in UTF-8. Check the " +
      "path.",
  ],
  "an empty file": [
    "baseline",
    ["empty.csv"],
    {},
    3,
    "empty.csv: has no record; expected at least one record. Check that it is not empty and has " +
      "more than its header.",
  ],
  "a file with nothing but a header": [
    "baseline",
    ["header.csv"],
    {},
    3,
    "header.csv: has no record; expected at least one record. Check that it is not empty and has " +
      "more than its header.",
  ],
  "a missing header": [
    "baseline",
    ["numbers.csv"],
    {},
    3,
    "numbers.csv:1:1: every cell of the first record is a number; expected column names. Pass " +
      "--no-header if the file has none, or --header if these are the names.",
  ],
  "a baseline that is not there": [
    "check",
    ["traffic.jsonl"],
    { baseline: "none" },
    2,
    "none: no such folder; expected a baseline folder with constraints.json and statistics.json. " +
      "Make one with: tidemark baseline <training data> -o <folder>.",
  ],
  "a baseline without constraints": [
    "check",
    ["traffic.jsonl"],
    { baseline: "vacant" },
    2,
    "vacant: has no constraints.json; expected a baseline folder with constraints.json and " +
      "statistics.json. Make one with: tidemark baseline <training data> -o <folder>.",
  ],
  "a baseline that is a file": [
    "check",
    ["traffic.jsonl"],
    { baseline: "baseline/constraints.json" },
    2,
    "baseline/constraints.json: is not a folder; expected a baseline folder with " +
      "constraints.json and statistics.json. Make one with: tidemark baseline <training data> -o " +
      "<folder>.",
  ],
  "a baseline whose constraints can not be read": [
    "check",
    ["traffic.jsonl"],
    { baseline: "unreadable" },
    2,
    "unreadable/constraints.json: can not be read (EISDIR); expected a readable file. Check the " +
      "path and its permissions.",
  ],
  "a wrong type in the constraints": [
    "check",
    ["traffic.jsonl"],
    { baseline: "wrong" },
    2,
    'wrong/constraints.json:6:22: features[0].completeness is "all"; expected a number from 0 to ' +
      "1. Correct the file.",
  ],
  "a report in the folder of its baseline": [
    "check",
    ["traffic.jsonl"],
    { ...AGAINST, output: "baseline/" },
    2,
    "baseline/: the output folder is the baseline folder; expected two folders. Give another one " +
      "with -o: the report would overwrite the baseline.",
  ],
  "a report in the folder of its baseline behind a link": [
    "check",
    ["traffic.jsonl"],
    { ...AGAINST, output: "link" },
    2,
    "link: the output folder is the baseline folder; expected two folders. Give another one with " +
      "-o: the report would overwrite the baseline.",
  ],
  "a report in the folder of its baseline on a detour": [
    "check",
    ["traffic.jsonl"],
    { ...AGAINST, output: "nowhere/../baseline" },
    2,
    "nowhere/../baseline: the output folder is the baseline folder; expected two folders. Give " +
      "another one with -o: the report would overwrite the baseline.",
  ],
  "an output folder that can not be": [
    "baseline",
    ["train.csv"],
    { output: "train.csv/out" },
    2,
    "train.csv/out: can not write the output folder (ENOTDIR); expected a folder that can be " +
      "created and written to. Give another one with -o.",
  ],
  "an output folder that is a file": [
    "baseline",
    ["train.csv"],
    { output: "train.csv" },
    2,
    "train.csv: can not write the output folder (EEXIST); expected a folder that can be created " +
      "and written to. Give another one with -o.",
  ],
  "an output that is a folder": [
    "baseline",
    ["train.csv"],
    { output: "unreadable" },
    2,
    "unreadable: can not write the output folder (EISDIR); expected a folder that can be created " +
      "and written to. Give another one with -o.",
  ],
  "a window without records": [
    "check",
    ["capture"],
    { ...AGAINST, start: "2026-11-21T00:00:00Z" },
    3,
    `${HOUR}/10/a.jsonl and 1 more: has no file in the window from 2026-11-21T00:00:00Z to the ` +
      "end; expected at least one record. The inputs hold 2 hours, 2026-11-20T10:00:00Z to " +
      "2026-11-20T12:00:00Z: widen --start and --end.",
  ],
  "a window beside the only hour": [
    "check",
    [`${HOUR}/12`],
    { ...AGAINST, start: "2026-11-20T10:00:00Z", end: "2026-11-20T11:00:00Z" },
    3,
    `${HOUR}/12/b.jsonl: has no file in the window from 2026-11-20T10:00:00Z to ` +
      "2026-11-20T11:00:00Z; expected at least one record. The inputs hold 1 hour, " +
      "2026-11-20T12:00:00Z: widen --start and --end.",
  ],
  "a window over files without hours": [
    "check",
    ["traffic.jsonl"],
    { ...AGAINST, end: "2026-11-21T00:00:00Z" },
    3,
    "traffic.jsonl: has no file in the window from the beginning to 2026-11-21T00:00:00Z; " +
      "expected at least one record. A window reads files below YYYY/MM/DD/HH folders only, and " +
      "there are none.",
  ],
  "a window that ends before it starts": [
    "check",
    ["capture"],
    { ...AGAINST, start: "2026-11-21T00:00:00Z", end: "2026-11-20T00:00:00Z" },
    2,
    '--start is "2026-11-21T00:00:00Z"; expected a time before --end, which is ' +
      '"2026-11-20T00:00:00Z".',
  ],
  "a time without its zone": [
    "check",
    ["capture"],
    { ...AGAINST, start: "2026-11-21" },
    2,
    '--start is "2026-11-21"; expected an ISO 8601 time such as 2026-11-20T10:00:00Z.',
  ],
  "a window's start over CSV": [
    "check",
    ["train.csv"],
    { ...AGAINST, start: "2026-11-20T00:00:00Z" },
    2,
    "--start is given, but CSV records have no time; expected capture records. Leave the window " +
      "out, or pass --format capture.",
  ],
  "a window's end over CSV": [
    "check",
    ["train.csv"],
    { ...AGAINST, end: "2026-11-20T00:00:00Z" },
    2,
    "--end is given, but CSV records have no time; expected capture records. Leave the window " +
      "out, or pass --format capture.",
  ],
  "every record rejected": [
    "check",
    ["broken.jsonl"],
    { ...AGAINST, maxRejected: "100%" },
    3,
    "broken.jsonl: rejected 3 of 3 records, 2 for reason json (first at broken.jsonl:1: the line " +
      "is not one JSON value), 1 for reason no_capture_data (at broken.jsonl:2: the record has no " +
      "object captureData); expected at least one readable record. See out/rejected.jsonl.",
  ],
  "too many rejected": [
    "check",
    ["partly.jsonl"],
    AGAINST,
    3,
    "partly.jsonl: rejected 1 of 3 records for reason no_capture_data (at partly.jsonl:3: the " +
      "record has no object captureData); expected at most 5% rejected. See out/rejected.jsonl, " +
      "or raise --max-rejected.",
  ],
  "a header that can not be read": [
    "baseline",
    ["quotes.csv"],
    {},
    3,
    "quotes.csv:1:5: the header can not be read: quote is never closed; expected column names. " +
      "Mend the first record, or pass --no-header if it holds no names.",
  ],
  "gzip that is cut off": [
    "baseline",
    ["cut.csv.gz"],
    {},
    3,
    "cut.csv.gz: the gzip data is corrupt or cut off; expected a whole gzip file. Copy or " +
      "compress the file again.",
  ],
  "inputs of two formats": [
    "check",
    ["train.csv", "traffic.jsonl"],
    AGAINST,
    2,
    "the inputs mix formats: traffic.jsonl is capture, train.csv is csv; expected inputs of one " +
      "format. Read them in separate runs, or say which one it is with --format.",
  ],
  "files with headers that differ": [
    "baseline",
    ["train.csv", "numbers.csv"],
    { header: true },
    3,
    'train.csv:1:1: header differs from numbers.csv: column 1 is "age"; expected "1". Give files ' +
      "with one header, or read them in separate runs.",
  ],
  "a column that is not there": [
    "baseline",
    ["train.csv"],
    { columns: ["agee"] },
    2,
    '--columns names "agee", which is not a column of train.csv; expected a column name, or a ' +
      'position from 0 to 1. Did you mean "age"?',
  ],
  "no column left": [
    "baseline",
    ["train.csv"],
    { exclude: ["age", "1"] },
    2,
    "--columns and --exclude leave no column; expected at least one column to read.",
  ],
  "a quote of two characters": [
    "baseline",
    ["train.csv"],
    { quote: "''" },
    2,
    `--quote is "''"; expected one character other than a line end and a backslash.`,
  ],
  "an empty delimiter": [
    "baseline",
    ["train.csv"],
    { delimiter: "" },
    2,
    '--delimiter is ""; expected characters other than line ends and quotes.',
  ],
  "no output folder": [
    "baseline",
    ["train.csv"],
    { output: undefined },
    2,
    "--output is missing; expected a folder to write to, such as -o report/.",
  ],
  "no baseline folder": [
    "check",
    ["train.csv"],
    {},
    2,
    "--baseline is missing; expected the folder of a baseline, such as -b baseline/.",
  ],
  "unknown semantics": [
    "baseline",
    ["train.csv"],
    { semantics: "sagemaker" },
    2,
    '--semantics is "sagemaker"; expected tidemark or model-monitor.',
  ],
  "a threshold that is no number": [
    "baseline",
    ["train.csv"],
    { comparisonThreshold: "high" },
    2,
    '--comparison-threshold is "high"; expected a number of at least 0.',
  ],
  "a negative threshold": [
    "baseline",
    ["train.csv"],
    { categoricalComparisonThreshold: "-1" },
    2,
    '--categorical-comparison-threshold is "-1"; expected a number of at least 0.',
  ],
  "a share above one": [
    "baseline",
    ["train.csv"],
    { domainContentThreshold: "1.5" },
    2,
    '--domain-content-threshold is "1.5"; expected a number from 0 to 1.',
  ],
  "a switch that is none": [
    "baseline",
    ["train.csv"],
    { performComparison: "yes" },
    2,
    '--perform-comparison is "yes"; expected Enabled or Disabled.',
  ],
  "a limit that is none": [
    "baseline",
    ["train.csv"],
    { maxRejected: "some" },
    2,
    '--max-rejected is "some"; expected a share such as 5% or 0.05, or a count.',
  ],
  "an unknown key of the configuration": [
    "baseline",
    ["train.csv"],
    { config: "unknown-key.json" },
    2,
    "unknown-key.json:3:15: treshold is not a known key. Correct the file.",
  ],
  "a wrong type in the configuration": [
    "check",
    ["train.csv"],
    { ...AGAINST, config: "wrong-type.json" },
    2,
    'wrong-type.json:2:13: header is "yes"; expected true or false. Correct this and 1 more ' +
      "fault in the file.",
  ],
  "a wrong threshold in the configuration": [
    "baseline",
    ["train.csv"],
    { config: "threshold.json" },
    2,
    'threshold.json:1:48: monitoring_config.comparison_threshold is "big"; expected a number of ' +
      "at least 0. Correct the file.",
  ],
  "a configuration that is not JSON": [
    "baseline",
    ["train.csv"],
    { config: "no.json" },
    2,
    "no.json:1:2: is not valid JSON; expected a value or a key in double quotes. Correct the file.",
  ],
  "a configuration that is no object": [
    "baseline",
    ["train.csv"],
    { config: "list.json" },
    2,
    "list.json:1:1: the whole text is a list; expected an object. Correct the file.",
  ],
  "a configuration that is not there": [
    "baseline",
    ["train.csv"],
    { config: "none.json" },
    2,
    "none.json: can not be read (ENOENT); expected a JSON or YAML file with options. Check the path given " +
      "with --config.",
  ],
};

let written: ReturnType<typeof baselineFiles>;

beforeAll(async () => {
  write("train.csv", "age,plan\n31,basic\n42,pro\n");
  write("numbers.csv", "1,2\n3,4\n");
  write("blob.csv", new Uint8Array(200));
  write("empty.csv", "");
  write("header.csv", "age,plan\n");
  write("quotes.csv", 'age,"plan\n31,basic\n');
  write("cut.csv.gz", Buffer.from("1f8b0800000000000003", "hex"));
  write("traffic.jsonl", CAPTURED);
  write("broken.jsonl", 'no json\n{"captureData":"secret"}\nno json\n');
  write("partly.jsonl", `${CAPTURED}${CAPTURED}{"captureData":"secret"}\n`);
  write(`${HOUR}/10/a.jsonl`, CAPTURED);
  write(`${HOUR}/12/b.jsonl`, CAPTURED);
  write("vacant/.hidden", "x");
  write("vacant/nothing.csv", "");
  write("unknown-key.json", '{\n  "quote": "\'",\n  "treshold": 0.2\n}\n');
  write("wrong-type.json", '{\n  "header": "yes",\n  "columns": 3\n}\n');
  write("threshold.json", '{"monitoring_config": {"comparison_threshold": "big"}}');
  write("no.json", "{header: true}");
  write("list.json", "[]");
  mkdirSync(below("unreadable/constraints.json"), { recursive: true });
  await run("baseline", ["train.csv"], { output: "baseline" });
  const constraints = readFileSync(below("baseline/constraints.json"), "utf8");
  write("wrong/constraints.json", constraints.replace('ss" : 1.0', 'ss" : "all"'));
  symlinkSync("baseline", below("link"));
  written = baselineFiles();
});

function baselineFiles(): readonly (readonly [name: string, text: string])[] {
  const names = readdirSync(below("baseline"));
  return names.map((name) => [name, readFileSync(below(`baseline/${name}`), "utf8")]);
}

describe("a job", () => {
  for (const [title, [command, inputs, flags, exitCode, message]] of Object.entries(FAULTS)) {
    it(`refuses ${title}`, async () => {
      const error = await run(command, inputs, flags).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TidemarkError);
      const { exitCode: actual, message: told } = error as TidemarkError;
      expect([actual, told.replaceAll(`${folder}/`, "")]).toEqual([exitCode, message]);
    });
  }

  it("leaves a baseline alone that it was told to write over", () => {
    expect(baselineFiles()).toEqual(written);
  });
});
