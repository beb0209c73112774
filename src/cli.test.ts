import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, type RunOptions, runCli } from "../fixtures/run-cli.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const folder = temporaryFolder();

const TRAIN = "age,plan\n31,basic\n42,pro\n27,basic\n55,pro\n";
const HOUR = "capture/churn/AllTraffic/2026/11/20";

function write(path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), "utf8");
}

// biome-ignore lint/suspicious/noExplicitAny: files of any shape are looked into
function readJson(...path: string[]): any {
  return JSON.parse(read(...path));
}

function tidemark(
  args: readonly string[],
  options: Omit<RunOptions, "cwd"> = {},
): Promise<Outcome> {
  return runCli(args, { cwd: folder, ...options });
}

/** Capture lines whose request and reply make up one row each: the reply's cell comes first. */
function captured(rows: readonly (readonly [reply: string, request: string])[]): string {
  const line = ([reply, request]: readonly [string, string], at: number): string => {
    const side = { observedContentType: "text/csv", encoding: "CSV" };
    const captureData = {
      endpointInput: { ...side, mode: "INPUT", data: request },
      endpointOutput: { ...side, mode: "OUTPUT", data: reply },
    };
    const eventMetadata = { eventId: `event-${at}`, inferenceTime: "2026-11-20T10:00:00Z" };
    return `${JSON.stringify({ captureData, eventMetadata, eventVersion: "0" })}\n`;
  };
  return rows.map(line).join("");
}

const TRAFFIC = captured([
  ["31", "basic"],
  ["42", "pro"],
  ["27", "gold"],
]);

beforeAll(async () => {
  write("train.csv", TRAIN);
  write("numbers.csv", "1,2\n3,4\n");
  write("blob.csv", Buffer.from([0, 1, 2, 3].concat(Array(200).fill(5))));
  write("empty.csv", "");
  write("header.csv", "age,plan\n");
  write("quotes.csv", 'age,plan\n31,"basic\n');
  write("traffic.jsonl", TRAFFIC);
  write("broken.jsonl", 'no json\n{"captureData":"secret"}\nno json\n');
  write("partly.jsonl", `${TRAFFIC}{"captureData":"secret"}\n`);
  write(`${HOUR}/10/a.jsonl`, TRAFFIC);
  write(`${HOUR}/12/b.jsonl`, TRAFFIC);
  write("vacant/.hidden", "x");
  write("vacant/nothing.csv", "");
  write("unknown-key.json", '{\n  "quote": "\'",\n  "treshold": 0.2\n}\n');
  write("wrong-type.json", '{\n  "header": "yes",\n  "columns": 3\n}\n');
  write("threshold.json", '{"monitoring_config": {"comparison_threshold": "big"}}');
  write("no.json", "{header: true}");
  await tidemark(["baseline", "train.csv", "-o", "baseline"]);
  cpSync(join(folder, "baseline"), join(folder, "no-statistics"), { recursive: true });
  execFileSync("rm", [join(folder, "no-statistics/statistics.json")]);
  write(
    "wrong/constraints.json",
    read("baseline/constraints.json").replace('"completeness" : 1.0', '"completeness" : "all"'),
  );
  symlinkSync("baseline", join(folder, "link"));
});

/** Each command line, the exit code and the one line that it must print. */
const FAULTS: Readonly<Record<string, readonly [args: string, code: number, message: string]>> = {
  "a file that is not there": [
    "baseline none.csv -o out",
    3,
    "none.csv: no such file; expected a CSV file, a folder or a glob. Check the path.",
  ],
  "a folder without a readable file": [
    "baseline vacant -o out",
    3,
    "vacant: folder has no readable file; expected at least one file whose name does not begin " +
      'with "." or "_". Empty files do not count. Check the path.',
  ],
  "a glob that matches nothing": [
    "baseline *.tsv -o out",
    3,
    "*.tsv: the glob matches no readable file; expected at least one file whose name does not " +
      'begin with "." or "_". Empty files do not count. Check the pattern, and quote it so that ' +
      "the shell leaves it alone.",
  ],
  "a binary file": [
    "baseline blob.csv -o out",
    3,
    "blob.csv: is not text (binary bytes at offset 0); expected a CSV file in UTF-8. Check the " +
      "path.",
  ],
  "an empty file": [
    "baseline empty.csv -o out",
    3,
    "empty.csv: has no record; expected at least one record. Check that it is not empty and has " +
      "more than its header.",
  ],
  "a file with nothing but a header": [
    "baseline header.csv -o out",
    3,
    "header.csv: has no record; expected at least one record. Check that it is not empty and has " +
      "more than its header.",
  ],
  "a missing header": [
    "baseline numbers.csv -o out",
    3,
    "numbers.csv:1:1: every cell of the first record is a number; expected column names. Pass " +
      "--no-header if the file has none, or --header if these are the names.",
  ],
  "a baseline that is not there": [
    "check traffic.jsonl -b none -o out",
    2,
    "none: no such folder; expected a baseline folder with constraints.json and statistics.json. " +
      "Make one with: tidemark baseline <training data> -o <folder>.",
  ],
  "a baseline without constraints": [
    "check traffic.jsonl -b vacant -o out",
    2,
    "vacant: has no constraints.json; expected a baseline folder with constraints.json and " +
      "statistics.json. Make one with: tidemark baseline <training data> -o <folder>.",
  ],
  "a baseline that is a file": [
    "check traffic.jsonl -b baseline/constraints.json -o out",
    2,
    "baseline/constraints.json: is not a folder; expected a baseline folder with " +
      "constraints.json and statistics.json. Make one with: tidemark baseline <training data> -o " +
      "<folder>.",
  ],
  "a wrong type in the constraints": [
    "check traffic.jsonl -b wrong -o out",
    2,
    'wrong/constraints.json:6:22: features[0].completeness is "all"; expected a number from 0 to ' +
      "1. Correct this and 1 more fault in the file.",
  ],
  "a report in the folder of its baseline": [
    "check traffic.jsonl -b baseline -o baseline/",
    2,
    "baseline/: the output folder is the baseline folder; expected two folders. Give another one " +
      "with -o: the report would overwrite the baseline.",
  ],
  "a report in the folder of its baseline behind a link": [
    "check traffic.jsonl -b baseline -o link",
    2,
    "link: the output folder is the baseline folder; expected two folders. Give another one with " +
      "-o: the report would overwrite the baseline.",
  ],
  "a report in the folder of its baseline on a detour": [
    "check traffic.jsonl -b baseline -o nowhere/../baseline",
    2,
    "nowhere/../baseline: the output folder is the baseline folder; expected two folders. Give " +
      "another one with -o: the report would overwrite the baseline.",
  ],
  "an output folder that can not be": [
    "baseline train.csv -o train.csv/out",
    2,
    "train.csv/out: can not write the output folder (ENOTDIR); expected a folder that can be " +
      "created and written to. Give another one with -o.",
  ],
  "an output folder that is a file": [
    "baseline train.csv -o train.csv",
    2,
    "train.csv: can not write the output folder (EEXIST); expected a folder that can be created " +
      "and written to. Give another one with -o.",
  ],
  "a window without records": [
    "check capture -b baseline -o out --start 2026-11-21T00:00:00Z",
    3,
    `${HOUR}/10/a.jsonl and 1 more: has no record in the window from 2026-11-21T00:00:00Z to the ` +
      "end; expected at least one record. The inputs hold 2 hours, 2026-11-20T10:00:00Z to " +
      "2026-11-20T12:00:00Z: widen --start and --end.",
  ],
  "a window over files without hours": [
    "check traffic.jsonl -b baseline -o out --end 2026-11-21T00:00:00Z",
    3,
    "traffic.jsonl: has no record in the window from the beginning to 2026-11-21T00:00:00Z; " +
      "expected at least one record. A window reads files below YYYY/MM/DD/HH folders only, and " +
      "there are none.",
  ],
  "a window that ends before it starts": [
    "check capture -b baseline -o out --start 2026-11-21T00:00:00Z --end 2026-11-20T00:00:00Z",
    2,
    '--start is "2026-11-21T00:00:00Z"; expected a time before --end, which is ' +
      '"2026-11-20T00:00:00Z".',
  ],
  "a window over CSV": [
    "check train.csv -b baseline -o out --start 2026-11-20T00:00:00Z",
    2,
    "--start is given, but CSV records have no time; expected capture records. Leave the window " +
      "out, or pass --format capture.",
  ],
  "every record rejected": [
    "check broken.jsonl -b baseline -o out --max-rejected 100%",
    3,
    "broken.jsonl: rejected 3 of 3 records, 2 of them for reason json (first at broken.jsonl:1: " +
      "the line is not one JSON value); expected at least one readable record. See " +
      "out/rejected.jsonl.",
  ],
  "the only record rejected": [
    "baseline quotes.csv -o out",
    3,
    "quotes.csv: rejected 1 of 1 records for reason csv (at quotes.csv:2:4: quote is never " +
      "closed); expected at least one readable record. See out/rejected.jsonl.",
  ],
  "inputs of two formats": [
    "check train.csv traffic.jsonl -b baseline -o out",
    2,
    "the inputs mix formats: traffic.jsonl is capture, train.csv is csv; expected inputs of one " +
      "format. Read them in separate runs, or say which one it is with --format.",
  ],
  "a misspelt option": [
    "baseline train.csv -o out --semantic tidemark",
    2,
    "unknown option --semantic. Did you mean --semantics?",
  ],
  "a misspelt required option": [
    "baseline train.csv --outputt out",
    2,
    "unknown option --outputt. Did you mean --output?",
  ],
  "an option like no other": [
    "check traffic.jsonl -b baseline -o out --frobnicate",
    2,
    "unknown option --frobnicate. See tidemark check --help.",
  ],
  "a misspelt command": [
    "basline train.csv",
    2,
    "unknown command basline; expected baseline or check. Did you mean baseline?",
  ],
  "a command like no other": [
    "frobnicate",
    2,
    "unknown command frobnicate; expected baseline or check. See tidemark --help.",
  ],
  "no input": [
    "baseline -o out",
    2,
    "no input is given; expected files, folders, globs or - for standard input. See tidemark " +
      "baseline --help.",
  ],
  "no output folder": [
    "baseline train.csv",
    2,
    "--output is missing; expected a folder to write to, such as -o report/.",
  ],
  "no baseline folder": [
    "check traffic.jsonl -o out",
    2,
    "--baseline is missing; expected the folder of a baseline, such as -b baseline/.",
  ],
  "an option without its value": [
    "baseline train.csv -o",
    2,
    "--output has no value; expected --output <folder>. See tidemark baseline --help.",
  ],
  "unknown semantics": [
    "baseline train.csv -o out --semantics sagemaker",
    2,
    'semantics is "sagemaker"; expected tidemark or model-monitor. It comes from --semantics, ' +
      "TIDEMARK_SEMANTICS or the configuration file.",
  ],
  "an unknown format": [
    "baseline train.csv -o out --format xml",
    2,
    '--format is "xml"; expected csv or capture.',
  ],
  "a threshold that is no number": [
    "baseline train.csv -o out --comparison-threshold high",
    2,
    '--comparison-threshold is "high"; expected a number of at least 0.',
  ],
  "a limit that is none": [
    "baseline train.csv -o out --max-rejected some",
    2,
    '--max-rejected is "some"; expected a share such as 5% or 0.05, or a count.',
  ],
  "a column that is not there": [
    "baseline train.csv -o out --columns agee",
    2,
    '--columns names "agee", which is not a column of train.csv; expected a column name, or a ' +
      'position from 0 to 1. Did you mean "age"?',
  ],
  "an unknown key of the configuration": [
    "baseline train.csv -o out --config unknown-key.json",
    2,
    "unknown-key.json:3:15: treshold is not a known key. Correct the file.",
  ],
  "a wrong type in the configuration": [
    "baseline train.csv -o out --config wrong-type.json",
    2,
    'wrong-type.json:2:13: header is "yes"; expected true or false. Correct this and 1 more ' +
      "fault in the file.",
  ],
  "a wrong threshold in the configuration": [
    "baseline train.csv -o out --config threshold.json",
    2,
    'threshold.json:1:48: monitoring_config.comparison_threshold is "big"; expected a number of ' +
      "at least 0. Correct the file.",
  ],
  "a configuration that is not JSON": [
    "baseline train.csv -o out --config no.json",
    2,
    "no.json:1:2: is not valid JSON; expected a key in double quotes. Correct the file.",
  ],
  "a configuration that is not there": [
    "baseline train.csv -o out --config none.json",
    2,
    "none.json: can not be read (ENOENT); expected a JSON file with options. Check the path given " +
      "with --config.",
  ],
};

describe("a fault", () => {
  for (const [title, [args, code, message]] of Object.entries(FAULTS)) {
    it(`of ${title} ends with ${code} and one line`, async () => {
      expect(await tidemark(args.split(" "))).toEqual({
        code,
        stdout: "",
        stderr: `tidemark: ${message}\n`,
      });
    });
  }
});
