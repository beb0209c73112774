/**
 * Doubles as text in the layout of Java's `Double.toString` (Java SE API documentation, JDK 19 and
 * later): the shortest digits that read back as the same double, which are JavaScript's digits too.
 */

const DECIMAL_MIN = 1e-3;
const DECIMAL_END = 1e7;

/**
 * Writes a finite double: decimal with at least one fraction digit where 0.001 <= |x| < 10,000,000,
 * else scientific (`1.0E7`). -0 is `-0.0`. NaN and the infinities are for the caller to spell.
 */
export function formatJavaDouble(x: number): string {
  const magnitude = Math.abs(x);
  if (magnitude >= DECIMAL_MIN && magnitude < DECIMAL_END)
    return Number.isInteger(x) ? `${x}.0` : String(x);
  if (x === 0) return Object.is(x, -0) ? "-0.0" : "0.0";
  const [digits, exponent] = x.toExponential().split("e") as [string, string];
  // Java asks for two digits at least, and of those that read back as 2^-1074 it takes the nearest.
  if (magnitude === Number.MIN_VALUE) return x < 0 ? "-4.9E-324" : "4.9E-324";
  const mantissa = digits.includes(".") ? digits : `${digits}.0`;
  return `${mantissa}E${exponent.startsWith("+") ? exponent.slice(1) : exponent}`;
}

/**
 * Joins doubles in that layout; undefined where one is not finite or has an exponent. The engine
 * joins numbers several times as fast as a loop does, and only whole ones look different.
 */
export function joinJavaDoubles(values: Float64Array, separator: ", "): string | undefined {
  let areWhole = true;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const magnitude = x < 0 ? -x : x;
    const isDecimal = magnitude >= DECIMAL_MIN && magnitude < DECIMAL_END;
    if (!isDecimal && !Object.is(x, 0)) return undefined;
    if (areWhole && x !== Math.trunc(x)) areWhole = false;
  }
  if (areWhole) return `${values.join(`.0${separator}`)}.0`;
  return values.join(separator).replace(/(?<![.\d])\d+(?![.\d])/g, "$&.0");
}
