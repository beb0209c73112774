/** What differs between both sides of a feature of categories, in a sentence and in numbers. */
import { formatShare, formatSharesApart } from "../base/format-number.ts";
import type { AllCategoryShares } from "./distribution-shape.ts";
import type { CategoryShares, Moved } from "./insights-evidence.ts";

const LISTED_MAX = 5;
/** The sentence names those whose share moved by at least this part of the largest move. */
const NAMED_PART_MIN = 0.4;
const NAMED_MAX = 3;
const NAME_LENGTH_MAX = 40;

/** Says whose shares moved most. Takes what `categorySharesOf` found. */
export function movedCategories({ named, unnamed }: AllCategoryShares): Moved {
  const growthOf = ({ current, baseline }: CategoryShares): number => current - baseline;
  const byGrowth = named.toSorted((a, b) => growthOf(b) - growthOf(a));
  const byLoss = named.toSorted((a, b) => growthOf(a) - growthOf(b));
  const gained = byGrowth.filter((each) => growthOf(each) > 0);
  const lost = byLoss.filter((each) => growthOf(each) < 0);
  const most = named.toSorted((a, b) => Math.abs(growthOf(b)) - Math.abs(growthOf(a)));
  const [first] = most;
  return {
    sentence: describe(most, unnamed),
    at: first && growthOf(first) !== 0 ? first.value : undefined,
    gap: first && growthOf(first),
    gained: gained.slice(0, LISTED_MAX),
    lost: lost.slice(0, LISTED_MAX),
    new: ofOneSide(gained.filter(({ baseline }) => baseline === 0)),
    vanished: ofOneSide(lost.filter(({ current }) => current === 0)),
  };
}

function ofOneSide(categories: readonly CategoryShares[]): Moved["new"] {
  if (categories.length === 0) return undefined;
  return { count: categories.length, values: categories.slice(0, LISTED_MAX) };
}

function describe(most: readonly CategoryShares[], unnamed: number): string {
  const sizeOf = ({ current, baseline }: CategoryShares): number => Math.abs(current - baseline);
  const largest = most[0] === undefined ? 0 : sizeOf(most[0]);
  if (unnamed > largest) return describeNew(unnamed, []);
  if (largest === 0) return "Both sides have the same categories";
  return most
    .filter((each) => sizeOf(each) >= NAMED_PART_MIN * largest)
    .slice(0, NAMED_MAX)
    .map(({ value, baseline, current }, i) => {
      const [from, to] = formatSharesApart(baseline, current);
      return `'${cutName(value)}'${i === 0 ? " went" : ""} from ${from} to ${to}`;
    })
    .join(", ");
}

/** Says that cells have texts which the baseline lacks, and names those that may be named. */
export function describeNew(share: number, names: readonly string[]): string {
  const some = names.slice(0, NAMED_MAX).map((name) => `'${cutName(name)}'`);
  const listed = names.length > NAMED_MAX ? [...some, "…"] : some;
  const named = listed.length === 0 ? "" : ` (${listed.join(", ")})`;
  return `${formatShare(share, 2)} of the cells have categories the baseline lacks${named}`;
}

function cutName(name: string): string {
  const characters = [...name];
  if (characters.length <= NAME_LENGTH_MAX) return name;
  return `${characters.slice(0, NAME_LENGTH_MAX - 1).join("")}…`;
}
