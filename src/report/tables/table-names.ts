/** Which tables a run is exported as and how they are written, apart from what makes them. */
export const TABLE_NAMES = ["profile", "violations", "distances"] as const;

export type TableName = (typeof TABLE_NAMES)[number];

export const TABLE_FORMATS = ["csv", "arrow", "parquet"] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];
