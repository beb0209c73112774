/**
 * What an option is where nothing sets it, by its key in a configuration file, for whoever asks.
 * Absent ones are told from the inputs, or have no value.
 */
export const OPTION_DEFAULTS: Readonly<Record<string, unknown>> = {
  semantics: "tidemark",
  schema: "2024",
  quote: '"',
  csvEscape: "double",
  nullTokens: [],
  emptyIsMissing: false,
  exclude: [],
  lenientNumbers: false,
  redactSketch: false,
  unknownAs: "Unknown",
  maxRejectedShare: "5%",
  showValues: false,
  report: true,
  evidence: true,
  outputColumnsPosition: "START",
  sides: "both",
  omitEmptyViolations: false,
  advisoriesAsViolations: false,
  segments: false,
  seed: 0,
  offenders: 20,
  json: false,
  verbose: false,
  quiet: false,
  failOnViolation: false,
  notifyOn: "violation",
  failOnUndelivered: false,
};
