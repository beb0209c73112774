/** Objects of S3 and of stores that speak its protocol, as files to read. */
import type { Readable } from "node:stream";
import { TidemarkError } from "../base/tidemark-error.ts";
import { globPattern } from "./glob-pattern.ts";
import { isHiddenName } from "./hidden-name.ts";
import { hoursPrefixes } from "./hour-prefixes.ts";
import { parseObjectUrl } from "./object-url.ts";
import { resumedBody } from "./resumed-body.ts";
import { S3Client, type S3ClientOptions } from "./s3-client.ts";
import { s3StatusOf } from "./s3-fault.ts";
import type { ByteRange, HourSpan, Storage, StoredFile } from "./storage.ts";

export class S3Storage implements Storage {
  readonly isRemote: boolean = true;
  readonly #client: S3Client;
  readonly #signal: AbortSignal | undefined;

  constructor(client: S3Client, signal?: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** `url` is named where the SDK can not be loaded. */
  static async open(url: string, options: S3ClientOptions = {}): Promise<S3Storage> {
    return new S3Storage(await S3Client.open(url, options), options.signal);
  }

  async find(url: string): Promise<StoredFile | undefined> {
    const { bucket, key } = parseObjectUrl(url);
    if (key === "" || key.endsWith("/")) return undefined;
    try {
      // An answer to HEAD has no body, which would name the fault.
      const { files } = await this.#page(url, { Bucket: bucket, Prefix: key, MaxKeys: 1 });
      return files.find(({ path }) => path === url);
    } catch (fault) {
      if (s3StatusOf(fault) !== 403) throw fault;
      // Who may read one object need not be allowed to list its bucket.
      return await this.#head(url, fault);
    }
  }

  /** A store has no folders: what none of its keys begins with is an empty one. */
  async list(url: string, hours?: HourSpan): Promise<readonly StoredFile[]> {
    const { bucket, key } = parseObjectUrl(url);
    const prefix = key === "" ? "" : key.replace(/\/?$/, "/");
    const isShown = ({ path, size }: StoredFile): boolean =>
      size !== 0 && isVisible(path.slice(`s3://${bucket}/${prefix}`.length), new Set());
    const prefixes = await hoursPrefixes(prefix, hours, async (Prefix) => {
      const page = await this.#page(url, { Bucket: bucket, Prefix, Delimiter: "/" });
      return { folders: page.folders, isWhole: page.next === undefined, files: page.files.length };
    });
    let found: readonly StoredFile[] = [];
    for (const each of prefixes) found = found.concat(await this.#all(url, bucket, each, isShown));
    // Nothing in the hours: the caller is to tell which hours there are.
    if (found.length > 0 || (prefixes.length === 1 && prefixes[0] === prefix)) return found;
    return await this.#all(url, bucket, prefix, isShown);
  }

  async match(url: string): Promise<readonly StoredFile[]> {
    const { bucket, key } = parseObjectUrl(url);
    const { literal, regex } = globPattern(key);
    const start = `s3://${bucket}/`.length;
    const named = new Set(key.split("/"));
    return await this.#all(url, bucket, literal, ({ path, size }) => {
      const each = path.slice(start);
      return size !== 0 && regex.test(each) && isVisible(each, named);
    });
  }

  /** Content that was replaced since it was listed is an input error, never mixed with the old. */
  read(
    { path: url, size = 0, version }: StoredFile,
    { start, end }: ByteRange = { start: 0, end: size },
  ): AsyncIterable<Uint8Array> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    const isWhole = start === 0 && end === size;
    const open = async (offset: number): Promise<Readable> => {
      const first = start + offset;
      const { Body, ContentRange } = await this.#client.send(url, "read", (s3, options) =>
        s3.getObject(
          {
            Bucket,
            Key,
            ...(version === undefined ? {} : { IfMatch: version }),
            // A whole body comes with its checksum, a part of it does not.
            ...(isWhole && offset === 0 ? {} : { Range: `bytes=${first}-${end - 1}` }),
          },
          options,
        ),
      );
      const body = Body as Readable;
      if (first === 0 || ContentRange?.startsWith(`bytes ${first}-`)) return body;
      body.destroy();
      throw unranged(url);
    };
    return resumedBody({ url, length: end - start, open, signal: this.#signal });
  }

  async #head(url: string, fault: unknown): Promise<StoredFile> {
    const { bucket: Bucket, key: Key } = parseObjectUrl(url);
    try {
      const { ContentLength, ETag } = await this.#client.send(url, "read", (s3, options) =>
        s3.headObject({ Bucket, Key }, options),
      );
      return { path: url, size: ContentLength ?? 0, version: ETag };
    } catch {
      throw fault;
    }
  }

  async #all(
    url: string,
    bucket: string,
    prefix: string,
    isWanted: (file: StoredFile) => boolean,
  ): Promise<readonly StoredFile[]> {
    const found: StoredFile[] = [];
    let next: string | undefined;
    do {
      const page = await this.#page(url, {
        Bucket: bucket,
        Prefix: prefix,
        ...(next === undefined ? {} : { ContinuationToken: next }),
      });
      found.push(...page.files.filter(isWanted));
      if (page.next !== undefined && page.next === next) throw standstill(url);
      next = page.next;
    } while (next !== undefined);
    return found;
  }

  async #page(
    url: string,
    query: {
      readonly Bucket: string;
      readonly Prefix: string;
      readonly ContinuationToken?: string;
      readonly MaxKeys?: number;
      readonly Delimiter?: string;
    },
  ): Promise<Page> {
    const { Contents, CommonPrefixes, IsTruncated, NextContinuationToken } =
      await this.#client.send(url, "list", (s3, options) => s3.listObjectsV2(query, options));
    return {
      files: (Contents ?? []).map(({ Key, Size, ETag }) => ({
        path: `s3://${query.Bucket}/${Key}`,
        size: Size ?? 0,
        version: ETag,
      })),
      folders: (CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ""),
      next: IsTruncated ? NextContinuationToken : undefined,
    };
  }
}

interface Page {
  readonly files: readonly StoredFile[];
  readonly folders: readonly string[];
  readonly next: string | undefined;
}

function isVisible(key: string, named: ReadonlySet<string>): boolean {
  return key.split("/").every((name) => !isHiddenName(name) || named.has(name));
}

function unranged(url: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file: url },
    what: "the object store sends another part than it was asked for",
    expected: "a store that answers ranged requests",
  });
}

function standstill(url: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file: url },
    what: "the object store lists the same page again and again",
    expected: "a store whose listings come to an end",
  });
}
