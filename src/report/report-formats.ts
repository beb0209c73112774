/** The forms of a report, apart from what draws them: a command line names them at every start. */
export const REPORT_FORMATS = ["html", "markdown", "junit", "sarif", "github"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
