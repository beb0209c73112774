/** Draws a run in any of its forms. */
import type { ReportSource } from "./constraint-place.ts";
import { renderGithub } from "./github.ts";
import { renderHtml } from "./html/render-html.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import type { ReportFormat } from "./report-formats.ts";
import { renderSarif } from "./sarif.ts";

const RENDERERS: Readonly<Record<ReportFormat, (source: ReportSource) => string>> = {
  html: ({ insights, insightsHash }) => renderHtml(insights, insightsHash),
  markdown: renderMarkdown,
  junit: renderJunit,
  sarif: renderSarif,
  github: renderGithub,
};

/** Renders a run in a format, ending in a newline. */
export function renderReport(format: ReportFormat, source: ReportSource): string {
  return RENDERERS[format](source);
}
