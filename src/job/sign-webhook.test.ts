/** Signatures are judged by the specification's own library. */
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signWebhook } from "./sign-webhook.ts";

const body = '{"größe":1}';

describe("a signed webhook", () => {
  it.each([
    ["a text", "hunter2 größe", new Webhook(Buffer.from("hunter2 größe"), { format: "raw" })],
    ["bytes", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", undefined],
  ])("is taken by a receiver that knows the secret, %s", (_, secret, known) => {
    const webhook = known ?? new Webhook(secret);
    const headers = signWebhook({ id: "a1", time: Date.now(), body }, secret);
    expect(webhook.verify(body, headers)).toEqual({ größe: 1 });
    expect(() => webhook.verify(body.replace("1", "2"), headers)).toThrow("No matching signature");
    expect(() => webhook.verify(body, { ...headers, "webhook-id": "a2" })).toThrow(
      "No matching signature",
    );
  });

  it("has no signature without a secret", () => {
    const named = { "webhook-id": "a1", "webhook-timestamp": "1795172400" };
    const parts = { id: "a1", time: 1_795_172_400_999, body };
    expect(signWebhook(parts, undefined)).toEqual(named);
    expect(signWebhook(parts, "")).toEqual(named);
  });
});
