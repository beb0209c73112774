/** What the user may say of the inputs. */
export const INPUT_FORMATS = ["csv", "capture", "jsonl", "parquet", "arrow"] as const;

export type InputFormat = (typeof INPUT_FORMATS)[number];
