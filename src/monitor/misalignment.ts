/**
 * Do captured columns stand where the baseline has other features? Pure; it changes no result.
 *
 * Columns without names meet features by position, so outputs on the wrong side, a label that is
 * not captured, or two exchanged columns make every check compare the wrong things. Another layout
 * is named only where it explains the data clearly better than the plain one: at least two features
 * that do not fit their column fit the one of that layout, and hardly any the other way round.
 * Features alike (0/1 columns, say) are evidence for neither. Drift does not look like a layout:
 * columns that moved do not come to fit their neighbours.
 */
import type { CurrentProfile } from "../profile/profile.ts";
import type { Baseline } from "./baseline.ts";
import { ColumnFit } from "./column-fit.ts";

/** Features that must fit better: one alone may by chance. */
const GAINED_MIN = 2;
/** Features that fit better for each one that fits worse. */
const GAINED_PER_LOST = 4;
/** Features looked at for exchanged pairs; a run of more misfits is another population. */
const SUSPECTS_MAX = 32;

export interface CapturedSides {
  readonly sides: "both" | "input" | "output";
  readonly outputColumnsPosition: "START" | "END";
}

export interface Misalignment {
  readonly kind: "shifted" | "missing" | "extra" | "swapped";
  /** By how many columns the features stand behind their own position. */
  readonly offset: -1 | 0 | 1;
  /** What was found and what to try, in one sentence with names of features alone. */
  readonly text: string;
}

/** Finds layouts that explain the columns better than the plain one; mostly there is none. */
export function findMisalignments(
  { constraints, profile }: Baseline,
  current: CurrentProfile,
  captured: CapturedSides,
): readonly Misalignment[] {
  const names = constraints.features.map(({ name }) => name);
  const statistics = new Map(profile?.features.map((feature) => [feature.name, feature]));
  const fit = new ColumnFit(
    names.map((name) => statistics.get(name)),
    current.features,
  );
  const extra = current.features.length - names.length;
  if (extra === 0) {
    const offset = shiftOf(fit, names);
    return offset === 0 ? findSwaps(fit, names) : [shifted(names, offset, captured)];
  }
  if (extra !== 1 && extra !== -1) return [];
  const offset = gainOf(fit, names, extra, 0) > 0 ? extra : 0;
  if (offset === 0 && gainOf(fit, names, 0, extra) === 0) return [];
  return [extra === 1 ? extraColumn(names, offset, captured) : missing(names, offset, captured)];
}

function shiftOf(fit: ColumnFit, names: readonly string[]): -1 | 0 | 1 {
  const [behind, before] = [gainOf(fit, names, 1, 0), gainOf(fit, names, -1, 0)];
  return behind === before ? 0 : behind > before ? 1 : -1;
}

/** Counts the features that one offset explains better than the other; 0 where that is unclear. */
function gainOf(fit: ColumnFit, names: readonly string[], offset: number, rival: number): number {
  let [gained, lost] = [0, 0];
  for (let feature = 0; feature < names.length; feature++) {
    const [there, here] = [fit.of(feature, feature + offset), fit.of(feature, feature + rival)];
    if (there === "fits" && here === "misfits") gained += 1;
    if (there === "misfits" && here === "fits") lost += 1;
  }
  return gained >= GAINED_MIN && gained >= GAINED_PER_LOST * lost ? gained - lost : 0;
}

/** Finds pairs of features that fit each other's column and no third one's. */
function findSwaps(fit: ColumnFit, names: readonly string[]): readonly Misalignment[] {
  const suspects = [...names.keys()].filter((feature) => fit.of(feature, feature) === "misfits");
  if (suspects.length > SUSPECTS_MAX) return [];
  const partnersOf = (feature: number): readonly number[] =>
    suspects.filter(
      (other) => fit.of(feature, other) === "fits" && fit.of(other, feature) === "fits",
    );
  return suspects.flatMap((feature) => {
    const [partner = -1, ...others] = partnersOf(feature);
    if (partner < feature || others.length > 0 || partnersOf(partner).length > 1) return [];
    const text =
      `columns look swapped: ${quote(names[feature])} sits where ${quote(names[partner])} is ` +
      "expected, and the reverse; compare the order of the request with the training data's.";
    return [{ kind: "swapped", offset: 0, text } as const];
  });
}

function shifted(
  names: readonly string[],
  offset: 1 | -1,
  { sides, outputColumnsPosition }: CapturedSides,
): Misalignment {
  const place = quote(offset === 1 ? names[0] : names.at(-1));
  const isOutputThere = outputColumnsPosition === (offset === 1 ? "START" : "END");
  const text =
    sides === "both" && isOutputThere
      ? `the model's output sits where ${place} is expected; ` +
        `try --output-columns-position ${offset === 1 ? "END" : "START"}.`
      : `${quote(offset === 1 ? names[0] : names[1])} sits where ` +
        `${quote(offset === 1 ? names[1] : names[0])} is expected; ` +
        "compare the order of the request with the training data's.";
  return { kind: "shifted", offset, text: `${SHIFTED}${text}` };
}

function missing(
  names: readonly string[],
  offset: -1 | 0 | 1,
  { sides }: CapturedSides,
): Misalignment {
  const lost = quote(offset === 0 ? names.at(-1) : names[0]);
  const advice =
    sides === "both"
      ? "make the baseline without it (--exclude), or capture the model's output."
      : "try --sides both, or make the baseline without it (--exclude).";
  const text =
    offset === 0
      ? `no column is left for ${lost}, the last feature; ${advice}`
      : `${SHIFTED}${quote(names[1])} sits where ${lost} is expected, ` +
        `which has no column; ${advice}`;
  return { kind: "missing", offset, text };
}

function extraColumn(
  names: readonly string[],
  offset: -1 | 0 | 1,
  { sides, outputColumnsPosition }: CapturedSides,
): Misalignment {
  const isOutput = sides === "both" && outputColumnsPosition === (offset === 0 ? "END" : "START");
  const added = isOutput ? "the model's output" : "a column that the baseline lacks";
  const advice = isOutput ? "try --sides input." : "leave it out with --exclude.";
  const text =
    offset === 0
      ? `${added} stands behind ${quote(names.at(-1))}, the last feature; ${advice}`
      : `${SHIFTED}${added} sits where ${quote(names[0])} is expected; ${advice}`;
  return { kind: "extra", offset, text };
}

const SHIFTED = "columns look shifted by one: ";

function quote(name: string | undefined): string {
  return `"${name}"`;
}
