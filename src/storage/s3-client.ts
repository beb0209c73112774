/**
 * The client of S3 and of stores that speak its protocol: the AWS SDK, loaded when it is needed.
 *
 * Credentials, region, endpoint, retries and checksums are told by the environment and the shared
 * files of the AWS tools, which the SDK reads by itself. What it leaves open is decided here: a
 * bucket of another region is followed there, a store at an endpoint of its own is asked by path,
 * and a store that asks for patience gets more of it.
 */
import type { S3 } from "@aws-sdk/client-s3";
import { importOptional } from "../base/import-optional.ts";
import { type S3Purpose, s3Fault } from "./s3-fault.ts";

const REGION_DEFAULT = "us-east-1";
/** The SDK's own default, after which it gives up within a second. */
const SDK_ATTEMPTS = 3;
const ATTEMPTS = 8;
const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;

export interface S3ClientOptions {
  /** Ends what is under way, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

type Sdk = typeof import("@aws-sdk/client-s3");
type Request<T> = (s3: S3, options: { readonly abortSignal?: AbortSignal }) => Promise<T>;

export class S3Client {
  readonly #sdk: Sdk;
  readonly #options: S3ClientOptions;
  #s3: Promise<S3>;

  private constructor(sdk: Sdk, options: S3ClientOptions) {
    this.#sdk = sdk;
    this.#options = options;
    this.#s3 = connect(sdk);
  }

  /** Throws a configuration error where the SDK is not installed. */
  static async open(url: string, options: S3ClientOptions = {}): Promise<S3Client> {
    const name = "@aws-sdk/client-s3";
    const wanted = { name, use: "which reads and writes objects", file: url };
    return new S3Client(await importOptional(wanted, () => import("@aws-sdk/client-s3")), options);
  }

  /**
   * Sends a request about `url`. Credentials that expire on the way are looked up once more. Throws
   * the faults of `s3Fault`, and the signal's reason.
   */
  async send<T>(url: string, purpose: S3Purpose, request: Request<T>): Promise<T> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const options = signal === undefined ? {} : { abortSignal: signal };
    const used = this.#s3;
    try {
      return await request(await used, options).catch(async (error: unknown) => {
        if (!isExpired(error)) throw error;
        if (this.#s3 === used) this.#s3 = connect(this.#sdk);
        return await request(await this.#s3, options);
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw s3Fault(url, purpose, error);
    }
  }
}

async function connect(sdk: Sdk): Promise<S3> {
  const { config } = new sdk.S3({});
  const endpoint = await config.serviceConfiguredEndpoint?.();
  const attempts = await config.maxAttempts();
  return new sdk.S3({
    region: await config.region().catch(() => REGION_DEFAULT),
    followRegionRedirects: true,
    forcePathStyle: endpoint !== undefined,
    maxAttempts: attempts === SDK_ATTEMPTS ? ATTEMPTS : attempts,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
}

function isExpired(error: unknown): boolean {
  return error instanceof Error && /^(ExpiredToken|ExpiredTokenException)$/.test(error.name);
}
