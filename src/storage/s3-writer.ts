/**
 * Writes objects, each of which is whole or not there: one request makes a small one; a large one
 * is sent in parts, and comes to be by the request that ends them.
 */
import { open } from "node:fs/promises";
import { parseObjectUrl } from "./object-url.ts";
import { S3Client, type S3ClientOptions } from "./s3-client.ts";
import { s3StatusOf } from "./s3-fault.ts";

const PART_BYTES = 16 * 1024 * 1024;
const READ_TRIES = 3;

/** How objects are encrypted where they lie; the bucket decides when absent. */
export interface Encryption {
  readonly algorithm: "AES256" | "aws:kms" | "aws:kms:dsse";
  /** Id or ARN of the key; the service's own key when absent. */
  readonly kmsKey?: string | undefined;
}

export interface S3WriterOptions extends S3ClientOptions {
  readonly encryption?: Encryption | undefined;
}

/** What must hold for an object to be written: that none is there, or that it is of a version. */
export type Condition = { readonly absent: true } | { readonly version: string };

export interface VersionedText {
  readonly text: string;
  readonly version: string;
}

const CONTENT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.json$/, "application/json"],
  [/\.jsonl$/, "application/x-ndjson"],
  [/\.html$/, "text/html; charset=utf-8"],
];

export class S3Writer {
  readonly #client: S3Client;
  readonly #encryption: object;

  private constructor(client: S3Client, { encryption }: S3WriterOptions) {
    this.#client = client;
    this.#encryption = encryption === undefined ? {} : headersOf(encryption);
  }

  static async open(url: string, options: S3WriterOptions = {}): Promise<S3Writer> {
    return new S3Writer(await S3Client.open(url, options), options);
  }

  /** Asks whether the bucket is there and the credentials are known; not whether one may write. */
  async assertReachable(url: string): Promise<void> {
    const { bucket, key } = parseObjectUrl(url);
    const query = { Bucket: bucket, Prefix: key, MaxKeys: 1 };
    try {
      await this.#client.send(url, "write", (s3, options) => s3.listObjectsV2(query, options));
    } catch (fault) {
      // Who may write need not be allowed to list.
      if (s3StatusOf(fault) !== 403 || !isDenial(fault)) throw fault;
    }
  }

  /** Reads a small object; undefined where none is. */
  async readText(url: string): Promise<VersionedText | undefined> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    return await this.#client.send(url, "read", async (s3, options) => {
      for (let tries = 1; ; tries++) {
        try {
          const { Body, ETag } = await s3.getObject({ Bucket, Key }, options);
          return { text: (await Body?.transformToString()) ?? "", version: ETag ?? "" };
        } catch (error) {
          if ((error as Error).name === "NoSuchKey") return undefined;
          // The client asks again for a reply, but not for a body that breaks off.
          if (s3StatusOf(error) !== undefined || tries === READ_TRIES) throw error;
        }
      }
    });
  }

  /** Tells what holds for an object now; undefined where one may not ask. */
  async conditionOf(url: string): Promise<Condition | undefined> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    try {
      const { ETag } = await this.#client.send(url, "write", (s3, options) =>
        s3.headObject({ Bucket, Key }, options),
      );
      return ETag === undefined ? undefined : { version: ETag };
    } catch (fault) {
      const status = s3StatusOf(fault);
      if (status === 404) return { absent: true };
      if (status === 403) return undefined;
      throw fault;
    }
  }

  /**
   * Writes an object in one request and tells its version; undefined where the condition does not
   * hold.
   */
  async write(
    url: string,
    content: string | Uint8Array,
    condition?: Condition,
  ): Promise<string | undefined> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    const conditions =
      condition === undefined
        ? {}
        : "absent" in condition
          ? { IfNoneMatch: "*" }
          : { IfMatch: condition.version };
    const Body = typeof content === "string" ? Buffer.from(content) : content;
    const object = { Bucket, Key, Body, ContentType: contentTypeOf(url) };
    try {
      const { ETag } = await this.#client.send(url, "write", (s3, options) =>
        s3.putObject({ ...object, ...conditions, ...this.#encryption }, options),
      );
      return ETag ?? "";
    } catch (fault) {
      // 404: what is to be of a version is gone; 409: another write of it is under way.
      const isRefused = [404, 409, 412].includes(s3StatusOf(fault) ?? 0);
      if (condition !== undefined && isRefused && !isNoBucket(fault)) return undefined;
      throw fault;
    }
  }

  /** Writes an object from a file of this machine. */
  async writeFile(url: string, path: string): Promise<void> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size <= PART_BYTES) {
        await this.write(url, await file.readFile("utf8"));
      } else await this.#writeParts(url, size, (part) => readPart(file, part));
    } finally {
      await file.close();
    }
  }

  async remove(url: string): Promise<void> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    await this.#client.send(url, "delete", (s3, options) =>
      s3.deleteObject({ Bucket, Key }, options),
    );
  }

  async #writeParts(
    url: string,
    size: number,
    read: (part: Uint8Array) => Promise<Uint8Array>,
  ): Promise<void> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    const object = { Bucket, Key, ContentType: contentTypeOf(url), ...this.#encryption };
    const { UploadId } = await this.#client.send(url, "write", (s3, options) =>
      s3.createMultipartUpload(object, options),
    );
    const upload = { Bucket, Key, UploadId };
    try {
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (let PartNumber = 1; (PartNumber - 1) * PART_BYTES < size; PartNumber++) {
        const Body = await read(new Uint8Array(PART_BYTES));
        const { ETag } = await this.#client.send(url, "write", (s3, options) =>
          s3.uploadPart({ ...upload, PartNumber, Body }, options),
        );
        Parts.push({ PartNumber, ETag });
      }
      await this.#client.send(url, "write", (s3, options) =>
        s3.completeMultipartUpload({ ...upload, MultipartUpload: { Parts } }, options),
      );
    } catch (fault) {
      // Parts that are left are never read, but paid for. The fault tells more than this one.
      await this.#client
        .send(url, "write", (s3) => s3.abortMultipartUpload(upload))
        .catch(() => {});
      throw fault;
    }
  }
}

async function readPart(
  file: Awaited<ReturnType<typeof open>>,
  part: Uint8Array,
): Promise<Uint8Array> {
  let filled = 0;
  while (filled < part.length) {
    const { bytesRead } = await file.read(part, filled, part.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return part.subarray(0, filled);
}

function headersOf({ algorithm, kmsKey }: Encryption): object {
  const key = kmsKey === undefined ? {} : { SSEKMSKeyId: kmsKey };
  return { ServerSideEncryption: algorithm, ...key };
}

function contentTypeOf(url: string): string {
  const type = CONTENT_TYPES.find(([name]) => name.test(url));
  return type?.[1] ?? "application/octet-stream";
}

function isDenial(fault: unknown): boolean {
  return ((fault as Error).cause as Error | undefined)?.name === "AccessDenied";
}

function isNoBucket(fault: unknown): boolean {
  return ((fault as Error).cause as Error | undefined)?.name === "NoSuchBucket";
}
