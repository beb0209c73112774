/**
 * JSON texts checked against a schema, with one message for whoever wrote the text.
 *
 * zod takes longer to load than all the rest of a start, so it is loaded here and only when a text
 * is there to be checked. Schemas say with zod's `error` option what they expect, as a noun phrase.
 */
import type { ZodType, z as zod } from "zod";
import { locatorOf, parseJson, type TextPlace } from "./located-json.ts";
import { excerpt, TidemarkError } from "./tidemark-error.ts";

export type { ZodType };

export type Zod = typeof zod;

/** Builds a schema once zod is loaded. */
export type SchemaOf<T> = (z: Zod) => ZodType<T>;

/** What is wrong with a value or a key, and where it stands. */
export interface Fault {
  readonly what: string;
  readonly expected: string | undefined;
  readonly place: TextPlace;
}

/**
 * Parses and checks a JSON text. Throws a configuration error that shows the first fault in the
 * order of the text and counts the others.
 */
export async function validate<T>(text: string, file: string, schemaOf: SchemaOf<T>): Promise<T> {
  return await validateParsed(parsedJson(text, file), file, schemaOf);
}

/** A text of any syntax: its value, and what finds its places once something is wrong. */
export interface ParsedText {
  readonly value: unknown;
  readonly locatorOf: () => (path: readonly PropertyKey[]) => TextPlace;
}

/** The same for a text that is parsed already. */
export async function validateParsed<T>(
  parsed: ParsedText,
  file: string,
  schemaOf: SchemaOf<T>,
): Promise<T> {
  const result = await inspect(parsed, schemaOf);
  if ("valid" in result) return result.valid;
  const { what, expected, place } = result.faults[0]!;
  const others = result.faults.length - 1;
  throw new TidemarkError({
    code: "configuration",
    location: { file, ...place },
    what,
    expected,
    hint:
      others === 0
        ? "Correct the file."
        : `Correct this and ${others} more ${others === 1 ? "fault" : "faults"} in the file.`,
  });
}

/**
 * Lists everything that is wrong with a text in its order; nothing where it follows the schema.
 * Throws a configuration error for a text that is no JSON.
 */
export async function findFaults(
  text: string,
  file: string,
  schemaOf: SchemaOf<unknown>,
): Promise<readonly Fault[]> {
  const result = await inspect(parsedJson(text, file), schemaOf);
  return "valid" in result ? [] : result.faults;
}

/** Parses a JSON text. Throws a configuration error where it is none. */
export function parsedJson(text: string, file: string): ParsedText {
  return { value: parseJson(text, file), locatorOf: () => locatorOf(text) };
}

/** Building a large schema, and zod's compiling it, takes longer than checking a text. */
const built = new WeakMap<SchemaOf<unknown>, ZodType>();

function builtBy<T>(schemaOf: SchemaOf<T>, z: Zod): ZodType<T> {
  const known = built.get(schemaOf) as ZodType<T> | undefined;
  if (known !== undefined) return known;
  const schema = schemaOf(z);
  built.set(schemaOf, schema);
  return schema;
}

async function inspect<T>(
  { value, ...parsed }: ParsedText,
  schemaOf: SchemaOf<T>,
): Promise<{ readonly valid: T } | { readonly faults: readonly Fault[] }> {
  const { z } = await import("zod");
  const result = builtBy(schemaOf, z).safeParse(value);
  if (result.success) return { valid: result.data };
  const placeOf = parsed.locatorOf();
  const faults = result.error.issues
    .flatMap((issue): Fault[] => {
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => unknownKey(placeOf, [...issue.path, key]));
      }
      return [wrongValue(placeOf, value, issue.path, issue.message)];
    })
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return { faults };
}

/** Renders what a schema takes as JSON Schema (draft 2020-12); refinements have no words there. */
export async function jsonSchemaOf(schemaOf: SchemaOf<unknown>): Promise<object> {
  const { z } = await import("zod");
  return z.toJSONSchema(schemaOf(z), { io: "input" });
}

/**
 * A schema for whatever `parse` does not answer with undefined; `jsonSchema` says the same for
 * `jsonSchemaOf`.
 */
export function parsedBy<T>(
  z: Zod,
  expected: string,
  parse: (value: unknown) => T | undefined,
  jsonSchema: Readonly<Record<string, unknown>>,
): ZodType<T> {
  return z
    .unknown()
    .meta(jsonSchema)
    .transform((input, context) => {
      const parsed = parse(input);
      if (parsed !== undefined) return parsed;
      context.issues.push({ code: "custom", input, message: expected });
      return z.NEVER;
    });
}

type PlaceOf = ReturnType<ParsedText["locatorOf"]>;

function wrongValue(
  placeOf: PlaceOf,
  root: unknown,
  path: readonly PropertyKey[],
  expected: string,
): Fault {
  let value = root;
  for (const key of path) value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  const verb = value === undefined ? "is missing" : `is ${describe(value)}`;
  return { what: `${formatPath(path)} ${verb}`, expected, place: placeOf(path) };
}

function unknownKey(placeOf: PlaceOf, path: readonly PropertyKey[]): Fault {
  const what = `${formatPath(path)} is not a known key`;
  return { what, expected: undefined, place: placeOf(path) };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : excerpt(value);
}

function formatPath(path: readonly PropertyKey[]): string {
  let formatted = "";
  for (const key of path) {
    if (typeof key === "number") formatted += `[${key}]`;
    else if (!/^[\w$-]+$/.test(String(key))) formatted += `[${excerpt(String(key))}]`;
    else formatted += formatted === "" ? String(key) : `.${String(key)}`;
  }
  return formatted === "" ? "the whole text" : formatted;
}
