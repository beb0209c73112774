/**
 * From outcomes as they are sent to outcomes: rows of equal names share one array of them, which
 * makes alike rows cheap to tell. Memory: 4 Mi characters of names.
 */
import type { FlatRow } from "../source/json/json-flatten.ts";
import type { HookOutcome } from "../source/preprocess/preprocessor.ts";
import type { SentOutcome } from "./hook-message.ts";

const NAMES_LENGTH_MAX = 4 * 1024 * 1024;

type Texts = readonly (string | null)[];

/** The columns of rows of the same keys. */
interface Layout {
  readonly names: readonly string[];
  /** Where each column's cell stands in the row as it is sent; undefined where in its place. */
  readonly order: readonly number[] | undefined;
}

export class OutcomeReader {
  readonly #isSorted: boolean;
  readonly #layouts: Map<string, Layout> = new Map();
  #namesLength = 0;
  #layout: Layout = { names: [], order: undefined };

  /** `isSorted` puts columns in the order of their names, by UTF-16 code units. */
  constructor(isSorted: boolean) {
    this.#isSorted = isSorted;
  }

  /** Reads the outcomes of one reply. */
  read(sent: readonly SentOutcome[]): readonly HookOutcome[] {
    return sent.map((outcome) => {
      if (outcome === 0) return { kind: "same" };
      if (typeof outcome === "string") return { kind: "fault", detail: outcome };
      const rows: FlatRow[] = [];
      for (let i = 0; i < outcome.length; i += 2) {
        rows.push(this.#rowOf(outcome[i] as readonly string[] | null, outcome[i + 1]!));
      }
      return { kind: "rows", rows };
    });
  }

  #rowOf(names: readonly string[] | null, texts: Texts): FlatRow {
    if (names?.length === 0) return { names: undefined, texts };
    if (names !== null) this.#layout = this.#layoutOf(names);
    const { names: columns, order } = this.#layout;
    return { names: columns, texts: order?.map((at) => texts[at]!) ?? texts };
  }

  #layoutOf(names: readonly string[]): Layout {
    const key = JSON.stringify(names);
    const known = this.#layouts.get(key);
    if (known !== undefined) return known;
    const layout = this.#isSorted ? sort(names) : { names, order: undefined };
    this.#namesLength += key.length;
    if (this.#namesLength > NAMES_LENGTH_MAX) {
      this.#layouts.clear();
      this.#namesLength = key.length;
    }
    this.#layouts.set(key, layout);
    return layout;
  }
}

function sort(names: readonly string[]): Layout {
  const order = [...names.keys()].sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  if (order.every((at, i) => at === i)) return { names, order: undefined };
  return { names: order.map((at) => names[at]!), order };
}
