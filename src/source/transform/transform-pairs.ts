/**
 * The files of captured batch transforms: manifests below `input/YYYY/MM/DD/HH/` and
 * `output/YYYY/MM/DD/HH/` name objects, and each object of a request is paired with the object of
 * its reply.
 *
 * A reply's object has the name of the request's with `.out` behind it, in a manifest of the same
 * hour below the same folder; where a name occurs again there, the first goes with the first. An
 * object without the other is a pair of one. Pairs come in the order of the requests' manifests,
 * then those of the replies. Memory: the manifests.
 */
import { TidemarkError } from "../../base/tidemark-error.ts";
import { isObjectUrl } from "../../storage/object-url.ts";
import type { Sides } from "../capture/capture-record.ts";
import { selectHours, type Window } from "../capture/capture-window.ts";
import { fileFinder } from "../content/byte-inputs.ts";
import { emptyTally, readContent } from "../content/input-content.ts";
import type { ObjectMap } from "../content/object-map.ts";
import type { ByteInput } from "../record-source.ts";
import { TransformManifest } from "./transform-manifest.ts";

const SIDE_FOLDER = /^(.*\/)?(input|output)(\/(?:\d{4}\/\d{2}\/\d{2}\/\d{2}\/)?)[^/]+$/s;
const REPLY_SUFFIX = ".out";

/** The file of a request and that of its reply; at least one is there. */
export interface TransformPair {
  readonly input: ByteInput | undefined;
  readonly output: ByteInput | undefined;
}

export interface PairOptions {
  readonly map: ObjectMap;
  /** Hours whose manifests are read; their rows have no time of their own. */
  readonly window: Window;
  /** Manifests of the other side are not read. */
  readonly sides: Sides;
}

interface Side {
  readonly name: "input" | "output";
  /** What pairs must have in common: the path without the side and the manifest's name. */
  readonly folder: string;
}

/**
 * Reads manifests and finds the files they name. Throws an input error for what is no manifest, one
 * that stands elsewhere, and a file that is not there; a usage error for an object that no `map`
 * covers.
 */
export async function findTransformPairs(
  manifests: readonly ByteInput[],
  { map, window, sides }: PairOptions,
): Promise<readonly TransformPair[]> {
  const hours = selectHours(
    manifests.map(({ path }) => path),
    window,
  );
  const paths = new Set(hours.paths);
  const pairs: { -readonly [side in keyof TransformPair]: TransformPair[side] }[] = [];
  const unpaired = new Map<string, (typeof pairs)[number][]>();
  const read = manifests.filter(({ path }) => paths.has(path));
  const all = read.map((manifest) => ({ manifest, side: sideOf(manifest.path) }));
  const findFile = fileFinder();
  for (const wanted of ["input", "output"] as const) {
    if (sides !== "both" && sides !== wanted) continue;
    for (const { manifest, side } of all) {
      if (side.name !== wanted) continue;
      for (const { name, file } of await findObjects(manifest, map, findFile)) {
        const key = side.folder + (wanted === "input" ? name + REPLY_SUFFIX : name);
        const partner = wanted === "output" ? unpaired.get(key)?.shift() : undefined;
        if (partner !== undefined) {
          partner.output = file;
          continue;
        }
        const pair = { input: undefined, output: undefined, [wanted]: file };
        pairs.push(pair);
        if (wanted === "input") unpaired.set(key, [...(unpaired.get(key) ?? []), pair]);
      }
    }
  }
  return pairs;
}

function sideOf(path: string): Side {
  const [, root = "", name, hour] = SIDE_FOLDER.exec(path) ?? [];
  if (name !== undefined) return { name: name as Side["name"], folder: `${root}${hour}` };
  throw new TidemarkError({
    code: "input",
    location: { file: path },
    what: "the manifest's folder does not tell its side",
    expected: "input/YYYY/MM/DD/HH/ or output/YYYY/MM/DD/HH/",
    hint: "Keep the folders as the platform wrote them.",
  });
}

async function findObjects(
  input: ByteInput,
  map: ObjectMap,
  findFile: ReturnType<typeof fileFinder>,
): Promise<readonly { readonly name: string; readonly file: ByteInput }[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readContent(input, emptyTally(input.path))) {
    chunks.push(new Uint8Array(chunk));
  }
  const manifest = new TransformManifest(Buffer.concat(chunks).toString(), input.path);
  const objects: { name: string; file: ByteInput }[] = [];
  for (const [at, name] of manifest.names.entries()) {
    const url = manifest.prefix + name;
    // Manifests that were read from a store stand beside what they name.
    const path = map.locate(url) ?? (isObjectUrl(input.path) ? url : refuseUnmapped(manifest, at));
    const file = await findFile(path);
    objects.push({ name, file: file ?? refuseMissing(manifest, at, path) });
  }
  return objects;
}

function refuseUnmapped(manifest: TransformManifest, at: number): never {
  const { prefix, names } = manifest;
  const isOutside = names[at]!.split("/").includes("..");
  throw new TidemarkError({
    code: "usage",
    location: manifest.placeOf(at),
    what: isOutside ? "the object's name leads out of its folder" : "the object is in no folder",
    expected: isOutside ? "a name below the prefix" : "a folder that holds its prefix",
    hint: isOutside
      ? "Check the manifest."
      : `Copy ${prefix} and pass --map ${prefix.replace(/\/+$/, "")}=<folder>.`,
  });
}

function refuseMissing(manifest: TransformManifest, at: number, path: string): never {
  throw new TidemarkError({
    code: "input",
    location: manifest.placeOf(at),
    what: `the object is not at ${path}`,
    expected: "a copy of it there",
    hint: "Copy the object, or correct --map.",
  });
}
