/**
 * A run as an OpenLineage event (specification 2-0-2) with the facets dataQualityMetrics 1-0-3 and
 * dataQualityAssertions 1-1-0 on its one input: the records that it read, whatever their files.
 */
import { createHash } from "node:crypto";
import { VERSION } from "../../base/version.ts";
import type { Insights, InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import type { FeatureProfile } from "../../profile/profile.ts";
import { parseTime } from "../../source/capture/capture-window.ts";
import type { ExportSource } from "../export-source.ts";

const PRODUCER = `pkg:npm/tidemark@${VERSION}`;
const SPECIFICATION = "https://openlineage.io/spec";

/** The namespace of URLs, RFC 9562 section 6.6. */
const URL_NAMESPACE = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");

/** What a catalogue knows the data by; nothing of it stands in a run's files. */
export interface DatasetNames {
  readonly name: string;
  /** Where the name is unique. */
  readonly namespace: string;
}

/** By the status of a check that was judged: too few records pass, and say so elsewhere. */
const SUCCESS: Readonly<Partial<Record<InsightsCheck["status"], boolean>>> = {
  passed: true,
  insufficient_sample: true,
  violated: false,
};

/**
 * Renders the event. `time` is in milliseconds since 1970. The run's id is a UUID (version 5) of
 * the hash of `insights.json`: the same run has the same id wherever it is exported.
 */
export function renderOpenLineage(
  source: ExportSource,
  { name, namespace }: DatasetNames,
  time: number,
): string {
  const { insights } = source;
  const event = {
    eventType: insights.verdict.status === "no_data" ? "FAIL" : "COMPLETE",
    eventTime: new Date(time).toISOString(),
    run: {
      runId: runIdOf(source.insightsHash ?? ""),
      facets: {
        ...nominalTime(insights.window),
        processing_engine: facet("1-1-1/ProcessingEngineRunFacet", {
          version: insights.engine.version,
          name: insights.engine.name,
        }),
      },
    },
    job: { namespace, name: `tidemark.${insights.command}.${name}` },
    inputs: [
      {
        namespace,
        name,
        facets: {
          schema: facet("1-2-0/SchemaDatasetFacet", {
            fields: (source.statistics?.features ?? []).map((feature) => ({
              name: feature.name,
              type: feature.inferredType,
            })),
          }),
        },
        inputFacets: {
          dataQualityMetrics: facet("1-0-3/DataQualityMetricsInputDatasetFacet", metricsOf(source)),
          dataQualityAssertions: facet("1-1-0/DataQualityAssertionsDatasetFacet", {
            assertions: assertionsOf(source),
          }),
        },
      },
    ],
    outputs: [],
    producer: PRODUCER,
    schemaURL: `${SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
  };
  return `${JSON.stringify(event, null, 2)}\n`;
}

function facet(schema: string, members: object): object {
  const name = schema.slice(schema.indexOf("/") + 1);
  const _schemaURL = `${SPECIFICATION}/facets/${schema}.json#/$defs/${name}`;
  return { _producer: PRODUCER, _schemaURL, ...members };
}

function nominalTime(window: Insights["window"]): object {
  const [start, end] = [window?.start, window?.end].map((text) => {
    const time = text === undefined ? undefined : parseTime(text);
    return time === undefined ? undefined : new Date(time).toISOString();
  });
  if (start === undefined) return {};
  const times = { nominalStartTime: start, nominalEndTime: end };
  return { nominalTime: facet("1-0-1/NominalTimeRunFacet", times) };
}

function runIdOf(hash: string): string {
  const name = `urn:tidemark:insights:sha256:${hash}`;
  const bytes = createHash("sha1").update(URL_NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function metricsOf({ insights, statistics }: ExportSource): object {
  const byPosition = new Map(insights.features.map((feature) => [feature.position, feature]));
  return {
    rowCount: insights.dataset.rows,
    bytes: insights.inputs.reduce((sum, { bytes }) => sum + bytes, 0),
    fileCount: insights.inputs.length,
    columnMetrics: Object.fromEntries(
      (statistics?.features ?? []).map((feature, position) => [
        feature.name,
        columnMetrics(feature, byPosition.get(position)),
      ]),
    ),
  };
}

function columnMetrics(
  { present, missing, distinct, numeric }: FeatureProfile,
  feature: InsightsFeature | undefined,
): object {
  const quantiles = Object.entries(feature?.current?.quantiles ?? {}).map(([name, value]) => {
    return [String(Number((Number(name.slice(1)) / 100).toPrecision(6))), value] as const;
  });
  return {
    nullCount: missing,
    distinctCount: distinct ?? feature?.counts?.distinct,
    sum: finite(numeric?.sum),
    count: present,
    min: finite(numeric?.min),
    max: finite(numeric?.max),
    quantiles: quantiles.length === 0 ? undefined : Object.fromEntries(quantiles),
  };
}

/** JSON has no other numbers. */
function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** One per check that was judged: of the dataset first, then of the features in their order. */
function assertionsOf({ insights, violations }: ExportSource): readonly object[] {
  const descriptions = new Map(
    violations.map((each) => [`${each.checkType} ${each.featureName}`, each.description]),
  );
  const assertionOf = (check: InsightsCheck, column: string | undefined): readonly object[] => {
    const success = SUCCESS[check.status];
    if (success === undefined) return [];
    const expected = check.expected ?? check.threshold;
    return [
      {
        assertion: check.type,
        success,
        column,
        description: descriptions.get(`${check.type} ${column}`),
        expected: expected === undefined ? undefined : String(expected),
        actual: check.observed === undefined ? undefined : String(check.observed),
      },
    ];
  };
  return [
    ...insights.dataset.checks.flatMap((check) => assertionOf(check, undefined)),
    ...insights.features.flatMap(({ name, checks }) =>
      checks.flatMap((check) => assertionOf(check, name)),
    ),
  ];
}
