/** What the schema of `insights.json` is made of. */
import type { Zod, ZodType } from "../base/validate.ts";

export interface SchemaPrimitives {
  readonly text: ZodType<string>;
  readonly texts: ZodType<string[]>;
  readonly count: ZodType<number>;
  /** In 0..1. */
  readonly share: ZodType<number>;
  readonly hash: ZodType<string>;
  /** Infinity is read back from its text. */
  readonly number: ZodType<number>;
  readonly listOf: <T>(element: ZodType<T>) => ZodType<T[]>;
  readonly oneOf: <const T extends readonly [string, ...string[]]>(values: T) => ZodType<T[number]>;
}

export function schemaPrimitives(z: Zod): SchemaPrimitives {
  const text = z.string({ error: "a text" });
  const listOf = <T>(element: ZodType<T>): ZodType<T[]> => z.array(element, { error: "a list" });
  const infinity = z.literal("Infinity").transform(() => Number.POSITIVE_INFINITY);
  return {
    text,
    listOf,
    texts: listOf(text),
    count: z.int({ error: "a whole number of at least 0" }).min(0, "a whole number of at least 0"),
    share: z.number({ error: "a share" }).min(0, "a share").max(1, "a share"),
    hash: text.regex(/^[0-9a-f]{64}$/, "a SHA-256 as 64 lower-case hexadecimal digits"),
    number: z.union([z.number(), infinity], { error: "a number" }),
    oneOf: <const T extends readonly [string, ...string[]]>(values: T) =>
      z.enum(values, { error: values.join(" or ") }) as ZodType<T[number]>,
  };
}
