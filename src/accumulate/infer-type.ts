/**
 * The inferred type of a column from its cells' classes (awslabs/deequ
 * `DataTypeHistogram.determineType`); missing cells do not count.
 */
import type { CellCounts, InferredType } from "../profile/profile.ts";

/**
 * Infers the narrowest type all present cells satisfy. No present cell: Unknown. One String cell,
 * or a Boolean beside a number: String. Booleans alone are String too, as the service writes them.
 */
export function inferType(
  cells: Pick<CellCounts, "integral" | "fractional" | "boolean" | "string">,
): InferredType {
  const { integral, fractional, boolean, string } = cells;
  if (integral + fractional + boolean + string === 0) return "Unknown";
  if (string > 0 || boolean > 0) return "String";
  return fractional > 0 ? "Fractional" : "Integral";
}
