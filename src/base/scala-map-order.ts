/**
 * The order of categories in the service's files: the iteration order of a Scala 2.11/2.12
 * immutable map (scala.collection.immutable.HashMap, scala.util.hashing.MurmurHash3).
 *
 * Up to 4 values the service iterates a map keyed by (feature name, value), above that one keyed
 * by the value alone; each is a trie over 5-bit groups of the key's hash, lowest bits first.
 */

const PAIR_KEYED_MAX = 4;

/**
 * Returns distinct values in the service's order, whatever order they come in. Values of equal
 * hash stand in UTF-16 code-unit order.
 */
export function inServiceOrder(featureName: string, values: readonly string[]): string[] {
  const hashOf =
    values.length <= PAIR_KEYED_MAX
      ? (value: string): number => hashPair(featureName, value)
      : hashString;
  return values
    .map((value) => ({ value, place: triePlace(improve(hashOf(value))) }))
    .sort((a, b) => a.place - b.place || (a.value < b.value ? -1 : 1))
    .map(({ value }) => value);
}

/** Computes Java's `String.hashCode`, a signed 32-bit number. */
export function hashString(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Computes Scala's hash of the pair (MurmurHash3 `productHash`), a signed 32-bit number. */
export function hashPair(first: string, second: string): number {
  let hash = 0xcafebabe;
  hash = mix(hash, hashString(first));
  hash = mix(hash, hashString(second));
  hash ^= 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mix(hash: number, data: number): number {
  const k = Math.imul(rotateLeft(Math.imul(data, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotateLeft(hash ^ k, 13), 5) + 0xe6546b64) | 0;
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** The second hash by which the Scala map spreads keys. */
function improve(hash: number): number {
  let h = (hash + ~(hash << 9)) | 0;
  h ^= h >>> 14;
  h = (h + (h << 4)) | 0;
  return h ^ (h >>> 10);
}

/** The 5-bit groups of the hash in reverse, so that comparing numbers walks the trie. */
function triePlace(hash: number): number {
  let place = 0;
  for (let shift = 0; shift < 30; shift += 5) place = place * 32 + ((hash >>> shift) & 31);
  return place * 4 + (hash >>> 30);
}
