/** Every fault of options and configurations that a job's user can mend. */
import { AGAINST, describeFaults, type Fault } from "../../fixtures/job-faults.ts";

const FAULTS: Readonly<Record<string, Fault>> = {
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

describeFaults(FAULTS);
