/** What a run is exported as, apart from what makes it: a command line names it at every start. */
export const TABLE_NAMES = ["profile", "violations", "distances"] as const;

export type TableName = (typeof TABLE_NAMES)[number];

export const TABLE_FORMATS = ["csv", "arrow", "parquet"] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

export const CATALOGUE_FORMATS = ["openlineage", "odcs", "great-expectations"] as const;

export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];
