/** A table of few types, which every format writes alike. */

/** UTF-8 text, 64-bit integer, 64-bit float, boolean; a cell of any of them may be absent. */
export type ColumnType = "text" | "integer" | "double" | "boolean";

export type TableCell = string | number | boolean | undefined;

/** A column by its definition: what it is called, and what a row's cell is. */
export interface TableField<Row> {
  readonly name: string;
  readonly type: ColumnType;
  readonly cellOf: (row: Row) => TableCell;
}

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** One per row. */
  readonly cells: readonly TableCell[];
}

export interface Table {
  readonly columns: readonly TableColumn[];
}

/** Makes a table of rows; without rows it still has its columns. */
export function tableOf<Row>(fields: readonly TableField<Row>[], rows: readonly Row[]): Table {
  return {
    columns: fields.map(({ name, type, cellOf }) => ({ name, type, cells: rows.map(cellOf) })),
  };
}
