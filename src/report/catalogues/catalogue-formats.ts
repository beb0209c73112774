/** The forms in which catalogues take a run or its constraints, apart from what renders them. */
export const CATALOGUE_FORMATS = ["openlineage", "odcs", "great-expectations"] as const;

export type CatalogueFormat = (typeof CATALOGUE_FORMATS)[number];

/** What a catalogue knows the data by; nothing of it stands in a run's files. */
export interface CatalogueNames {
  /** Of the dataset, or of the table within it. */
  readonly name: string;
  /** Where names are unique: OpenLineage. */
  readonly namespace: string;
}
