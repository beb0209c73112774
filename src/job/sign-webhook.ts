/**
 * The signature of a webhook by the Standard Webhooks specification 1.0: HMAC-SHA256 over id,
 * timestamp and body, so that a receiver knows the sender and refuses what is replayed.
 */
import { createHmac } from "node:crypto";

const PREFIX = "whsec_";

export interface WebhookParts {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly body: string;
}

/**
 * Makes the headers; without a secret they have no signature. A secret is a text, or with the
 * prefix `whsec_` bytes in base64.
 */
export function signWebhook(
  { id, time, body }: WebhookParts,
  secret: string | undefined,
): Record<string, string> {
  const timestamp = String(Math.floor(time / 1000));
  const named = { "webhook-id": id, "webhook-timestamp": timestamp };
  if (!secret) return named;
  const key = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), "base64")
    : secret;
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { ...named, "webhook-signature": `v1,${signature}` };
}
