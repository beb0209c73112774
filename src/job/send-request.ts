/**
 * Sends one HTTP request, again after a pause where that may help: no answer, 408, 429 and answers
 * of 500 on, except 501. Redirects are not followed: the body is for its receiver alone. Messages
 * name an address by its origin, since path and query may be secrets.
 */
import { setTimeout } from "node:timers/promises";
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";

export interface OutgoingRequest {
  /** What is told to whom, such as `the webhook`. */
  readonly receiver: string;
  /** A user and password in it become a header. */
  readonly url: URL;
  readonly method: "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Longest time for one attempt, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number | undefined;
}

export interface SendRuntime {
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Waits for so many milliseconds; rejects when the signal aborts. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** Ends the sending; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Whether messages may repeat what a receiver answers. */
  readonly showsValues?: boolean | undefined;
}

/** Pauses between attempts. */
const PAUSES_MS = [1_000, 2_000, 4_000];
/** However long a receiver asks to wait. */
const PAUSE_MAX_MS = 30_000;
const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 4_096;

/** What became of one attempt that failed. */
interface Failure {
  readonly what: string;
  readonly hint?: string | undefined;
  readonly isFinal: boolean;
  readonly pauseMs?: number | undefined;
}

/** Sends it and returns the start of the answer. Throws a delivery error after the last attempt. */
export async function sendRequest(
  request: OutgoingRequest,
  { fetch = globalThis.fetch, sleep = pause, signal, showsValues = false }: SendRuntime = {},
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(request, fetch, signal, showsValues);
    if (typeof outcome === "string") return outcome;
    const pauseMs = PAUSES_MS[attempt];
    if (outcome.isFinal || pauseMs === undefined) throw undelivered(request, outcome, attempt + 1);
    await sleep(Math.min(outcome.pauseMs ?? pauseMs, PAUSE_MAX_MS), signal);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

async function attemptOnce(
  { url, method, headers, body, timeoutMs = TIMEOUT_MS }: OutgoingRequest,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal | undefined,
  showsValues: boolean,
): Promise<string | Failure> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const ending = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    const response = await fetch(withoutCredentials(url), {
      method,
      headers: { ...headers, ...credentialsOf(url) },
      body,
      redirect: "manual",
      signal: ending,
    });
    const answer = await readStart(response);
    return response.ok ? answer : refusal(response, showsValues ? answer : "");
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted) {
      return { what: `gave no answer within ${timeoutMs / 1000} seconds`, isFinal: false };
    }
    const { cause } = error as { cause?: { code?: unknown } };
    const code = typeof cause?.code === "string" ? ` (${cause.code})` : "";
    return { what: `can not be reached${code}`, isFinal: false };
  }
}

function refusal({ status, headers }: Response, answer: string): Failure {
  const said = answer === "" ? "" : `: ${excerpt(answer.trim())}`;
  if (status >= 300 && status < 400) {
    const what = `answered ${status}, a redirect, which is not followed`;
    return { what, hint: "Give the address that it leads to.", isFinal: true };
  }
  const mayPass = status === 408 || status === 429 || (status >= 500 && status !== 501);
  const after = headers.get("retry-after") ?? "";
  return {
    what: `answered ${status}${said}`,
    hint: mayPass ? undefined : "Check the address and what it asks for.",
    isFinal: !mayPass,
    pauseMs: /^\d{1,6}$/.test(after) ? Number(after) * 1_000 : undefined,
  };
}

function undelivered(
  { receiver, url }: OutgoingRequest,
  { what, hint }: Failure,
  attempts: number,
): TidemarkError {
  const times = attempts === 1 ? "" : ` in each of ${attempts} attempts`;
  return new TidemarkError({
    code: "delivery",
    location: { file: url.origin },
    what: `${receiver} ${what}${times}`,
    expected: "an answer of 200 to 299",
    hint,
  });
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** An answer is read as far as is of use, so that no receiver fills the memory. */
async function readStart({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString("utf8");
}
