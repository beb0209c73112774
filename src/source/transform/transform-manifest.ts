/**
 * A manifest of a captured batch transform: a JSON array of a prefix and the names of the objects
 * below it, `[{"prefix": "s3://bucket/out/"}, "a.csv.out"]` (Amazon SageMaker developer guide,
 * "Capture data from batch transform job").
 */
import { locate, parseJson } from "../../base/located-json.ts";
import { type Location, TidemarkError } from "../../base/tidemark-error.ts";

export class TransformManifest {
  readonly prefix: string;
  /** The objects' names, as they continue the prefix. */
  readonly names: readonly string[];
  readonly #text: string;
  readonly #file: string;

  /** Parses a text. Throws an input error when it is no manifest. */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    const [head, ...names] = this.#parse();
    const prefix = isObject(head) ? head["prefix"] : undefined;
    if (typeof prefix !== "string") {
      throw this.#fault(this.#placeOf([0]), "is no manifest", 'a first element {"prefix": …}');
    }
    this.prefix = prefix;
    this.names = names.map((name, at) => {
      if (typeof name === "string") return name;
      throw this.#fault(this.placeOf(at), "an element is no text", "the name of an object");
    });
  }

  /** Where the name at an index stands. */
  placeOf(name: number): Location {
    return this.#placeOf([name + 1]);
  }

  #parse(): readonly unknown[] {
    let value: unknown;
    try {
      value = parseJson(this.#text, this.#file);
    } catch (cause) {
      if (!(cause instanceof TidemarkError)) throw cause;
      const { location, what, expected, hint } = cause;
      throw new TidemarkError({ code: "input", location, what, expected, hint, cause });
    }
    if (Array.isArray(value)) return value;
    throw this.#fault(this.#placeOf([]), "is no manifest", "a JSON array");
  }

  #placeOf(path: readonly number[]): Location {
    return { file: this.#file, ...locate(this.#text, path) };
  }

  #fault(location: Location, what: string, expected: string): TidemarkError {
    return new TidemarkError({ code: "input", location, what, expected, hint: "Check the file." });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
