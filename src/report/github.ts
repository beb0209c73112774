/**
 * A run as GitHub workflow commands, which a job prints to annotate its run and, with a file that
 * is in the repository, its pull request. GitHub shows the first ten of each level per step, so the
 * gravest come first and one notice counts all.
 */
import { labelOf, sentenceOf } from "./check-words.ts";
import { constraintPlaceOf, type ReportSource } from "./constraint-place.ts";
import { listNames } from "./list-names.ts";
import { printable } from "./printable.ts";
import { unjudgedFeatures } from "./unjudged-features.ts";
import { verdictLine } from "./verdict-line.ts";
import { violationDetails } from "./violation-details.ts";
import { violationsBySeverity } from "./violations-by-severity.ts";

const NAMES_MAX = 20;

/** Renders one command per line: violations are errors, doubts warnings, the verdict a notice. */
export function renderGithub(source: ReportSource): string {
  const { insights } = source;
  const { features, dataset, emptiness, warnings } = insights;
  const errors = violationsBySeverity(insights).map((violation) => {
    const place = constraintPlaceOf(source, violation);
    const sentence = sentenceOf(violation.check, dataset.matching);
    return command("error", [sentence, ...violationDetails(source, violation)].join("\n"), {
      file: place?.file,
      line: place?.line,
      col: place?.column,
      title: `${violation.name}: ${labelOf(violation.check)}`,
    });
  });
  const unjudged = unjudgedFeatures(insights).map(({ words, names }) =>
    command("warning", `${words}: ${listNames(names, NAMES_MAX)}.`, { title: "Not judged" }),
  );
  const advisories = features.flatMap(({ name, advisories = [] }) =>
    advisories
      .filter(({ status }) => status === "raised")
      .map(({ rule, sentence }) => command("warning", sentence, { title: `${name}: ${rule}` })),
  );
  const doubts = [...(emptiness === undefined ? [] : [emptiness.message]), ...warnings];
  return [
    ...errors,
    ...doubts.map((text) => command("warning", text, { title: "tidemark" })),
    ...advisories,
    ...unjudged,
    command("notice", verdictLine(insights), { title: "tidemark" }),
    "",
  ].join("\n");
}

type Properties = Readonly<Record<string, string | number | undefined>>;

function command(
  level: "error" | "warning" | "notice",
  text: string,
  properties: Properties,
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`);
  const lines = text.split("\n").map(printable).join("\n");
  return `::${level} ${written.join(",")}::${escapeMessage(lines)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
