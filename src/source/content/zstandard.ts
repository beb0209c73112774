/** Node's Zstandard, which it has from 22.15 (and 23.8) on; undefined before. */
import * as zlib from "node:zlib";

export interface Zstandard {
  /** Opens a stream like that of gzip. */
  openDecompressor(chunkSize: number): zlib.Gunzip;
  decompressSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

/** The functions that the types of the oldest Node do not have. */
interface ZstandardFunctions {
  readonly createZstdDecompress?: (options: { chunkSize: number }) => zlib.Gunzip;
  readonly zstdDecompressSync?: Zstandard["decompressSync"];
}

export const zstandard: Zstandard | undefined = find(zlib as ZstandardFunctions);

function find(functions: ZstandardFunctions): Zstandard | undefined {
  const { createZstdDecompress, zstdDecompressSync } = functions;
  if (createZstdDecompress === undefined || zstdDecompressSync === undefined) return undefined;
  return {
    openDecompressor: (chunkSize) => createZstdDecompress({ chunkSize }),
    decompressSync: zstdDecompressSync,
  };
}
