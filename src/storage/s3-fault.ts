/** What went wrong with an object store, in our words. */
import { TidemarkError } from "../base/tidemark-error.ts";

/** What was to be done; faults of writing are told as those of an output folder. */
export type S3Purpose = "read" | "list" | "write" | "delete";

interface ServiceError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const ACTIONS: Readonly<Record<S3Purpose, string>> = {
  read: "s3:GetObject",
  list: "s3:ListBucket",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
};

const REFUSED = /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|AuthorizationHeaderMalf)/;
const THROTTLED = /^(SlowDown|ServiceUnavailable|RequestLimitExceeded|Throttl|TooManyRequests)/;
const WAITED_IN_VAIN = /^(TimeoutError|RequestTimeout)$/;

/** Turns an error of the SDK into a fault of `url`; other faults are handed on as they are. */
export function s3Fault(url: string, purpose: S3Purpose, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TidemarkError) return error;
  const isOfOutput = purpose === "write" || purpose === "delete";
  const code = isOfOutput ? "configuration" : "input";
  const location = { file: url };
  return new TidemarkError({ code, location, ...describe(error, purpose), cause: error });
}

/** The HTTP status behind a fault, where a store answered at all. */
export function s3StatusOf(fault: unknown): number | undefined {
  const cause = fault instanceof TidemarkError ? (fault.cause as ServiceError | undefined) : fault;
  return (cause as ServiceError | undefined)?.$metadata?.httpStatusCode;
}

interface Description {
  readonly what: string;
  readonly expected: string;
  readonly hint: string;
}

function describe(error: ServiceError, purpose: S3Purpose): Description {
  const { name } = error;
  const status = error.$metadata?.httpStatusCode;
  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name)) {
    return {
      what: "no credentials for the object store were found",
      expected: "those of the environment, a profile, the container or the instance",
      hint: "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    };
  }
  if (/^ExpiredToken/.test(name)) {
    return {
      what: "the credentials have expired",
      expected: "credentials that last for the run, or that renew themselves",
      hint: "Sign in again.",
    };
  }
  if (REFUSED.test(name)) {
    return {
      what: `the object store refuses the credentials (${name})`,
      expected: "a key that it knows",
      hint: "Check AWS_PROFILE or AWS_ACCESS_KEY_ID, AWS_REGION and AWS_ENDPOINT_URL_S3.",
    };
  }
  if (name === "NoSuchBucket") {
    return {
      what: "no such bucket",
      expected: "a bucket that is there",
      hint: "Check the URL, AWS_REGION and AWS_ENDPOINT_URL_S3.",
    };
  }
  const isGone = status === 404 && /^(NoSuchKey|NotFound)$/.test(name);
  if (isGone || status === 412) {
    return {
      what: isGone ? "the object is gone" : "the object has been replaced meanwhile",
      expected: "one that stays as it is while it is read",
      hint: "Run again.",
    };
  }
  if (status === 403) {
    return {
      what: `access is denied (${nameOr(error, "403")})`,
      expected: `credentials that allow ${ACTIONS[purpose]}`,
      hint: "Check the policies of the bucket, its key and the role.",
    };
  }
  return describeOutage(error, status);
}

function describeOutage(error: ServiceError, status: number | undefined): Description {
  const { name } = error;
  const attempts = error.$metadata?.attempts ?? 1;
  const asked = attempts === 1 ? "" : ` (asked ${attempts} times)`;
  const expected = "an object store that answers";
  if (status === 503 || status === 429 || THROTTLED.test(name)) {
    return {
      what: `the object store asks to slow down: ${nameOr(error, String(status))}${asked}`,
      expected,
      hint: "Run again later, or raise AWS_MAX_ATTEMPTS.",
    };
  }
  if (status !== undefined) {
    return {
      what: `the object store answers ${nameOr(error, "an error")} (${status})${asked}`,
      expected,
      hint: "Run again later.",
    };
  }
  const code = typeof error.code === "string" ? error.code : name;
  const silent = WAITED_IN_VAIN.test(code) ? "does not answer" : "can not be reached";
  return {
    what: `the object store ${silent} (${code})${asked}`,
    expected,
    hint: "Check the network, AWS_REGION and AWS_ENDPOINT_URL_S3.",
  };
}

/** The store's own name of an error; the SDK's stand-ins say nothing. */
function nameOr({ name }: Error, otherwise: string): string {
  return /^(Error|Unknown|UnknownError|\d+)$/.test(name) ? otherwise : name;
}
