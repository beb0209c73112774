/** Every fault of inputs, baselines, outputs and windows that a job's user can mend. */
import { AGAINST, describeFaults, type Fault, HOUR } from "../../fixtures/job-faults.ts";

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
};

describeFaults(FAULTS);
