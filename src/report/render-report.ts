/** The forms in which a report folder is drawn again. */
import type { ReportSource } from "./constraint-place.ts";
import { renderGithub } from "./github.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";

export const REPORT_FORMATS = ["markdown", "junit", "sarif", "github"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

const RENDERERS: Readonly<Record<ReportFormat, (source: ReportSource) => string>> = {
  markdown: renderMarkdown,
  junit: renderJunit,
  sarif: renderSarif,
  github: renderGithub,
};

/** Renders a run in a format, ending in a newline. */
export function renderReport(format: ReportFormat, source: ReportSource): string {
  return RENDERERS[format](source);
}
