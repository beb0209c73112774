/** Against a server on loopback, and with pauses that are recorded and not waited for. */
import { describe, expect, it } from "vitest";
import { type Answer, Receiver, statuses } from "../../fixtures/receiver.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { type OutgoingRequest, type SendRuntime, sendRequest } from "./send-request.ts";

interface Outcome {
  readonly message: string;
  readonly pauses: readonly number[];
  readonly attempts: number;
}

const requestTo = (url: string): OutgoingRequest => ({
  receiver: "the webhook",
  url: new URL(url),
  method: "POST",
  headers: { "content-type": "text/plain", "x-id": "7" },
  body: "größe",
});

/** Sends to a receiver that answers so; its origin in the message is written `<origin>`. */
async function send(
  answer: Answer | undefined,
  request: Partial<OutgoingRequest> = {},
  runtime: SendRuntime = {},
): Promise<Outcome> {
  return Receiver.within(answer, async ({ origin, received }) => {
    const pauses: number[] = [];
    const message = await sendRequest(
      { ...requestTo(`${origin}/hooks/T0/s3cret?key=s3cret`), ...request },
      { sleep: async (ms) => void pauses.push(ms), ...runtime },
    ).catch((error) => {
      expect(error).toBeInstanceOf(TidemarkError);
      expect([error.code, error.exitCode]).toEqual(["delivery", 5]);
      return error.message.replaceAll(origin, "<origin>");
    });
    return { message, pauses, attempts: received.length };
  });
}

describe("a request", () => {
  it("is sent once, as it is, and answered with the start of the answer", async () => {
    await Receiver.within(
      (response) => response.end("x".repeat(100_000)),
      async ({ origin, received }) => {
        const url = origin.replace("//", "//ann:p%40ss@");
        const answer = await sendRequest(requestTo(`${url}/a/b?c=d`));
        expect(answer).toBe("x".repeat(4096));
        expect(received).toHaveLength(1);
        expect(received[0]).toMatchObject({
          method: "POST",
          url: "/a/b?c=d",
          headers: {
            "content-type": "text/plain",
            "x-id": "7",
            authorization: `Basic ${Buffer.from("ann:p@ss").toString("base64")}`,
          },
          body: "größe",
        });
      },
    );
  });

  it("is sent again after pauses that double, where that may help", async () => {
    expect(await send(statuses(503, 429, 500, 204))).toEqual({
      message: "",
      pauses: [1000, 2000, 4000],
      attempts: 4,
    });
  });

  it("waits as long as it is asked to, up to half a minute", async () => {
    const answers = ["3", "100000", "Fri, 20 Nov 2026 11:00:00 GMT"];
    const answer: Answer = (response, n) =>
      response.writeHead(n > 3 ? 200 : 503, { "retry-after": answers[n - 1] ?? "0" }).end();
    expect(await send(answer)).toEqual({ message: "", pauses: [3000, 30_000, 4000], attempts: 4 });
  });

  it.each<[string, Answer, number, string]>([
    [
      "stays away",
      statuses(503),
      4,
      "the webhook answered 503 in each of 4 attempts; expected an answer of 200 to 299.",
    ],
    [
      "refuses it",
      statuses(403),
      1,
      "the webhook answered 403; expected an answer of 200 to 299. " +
        "Check the address and what it asks for.",
    ],
    [
      "can not do it",
      statuses(501),
      1,
      "the webhook answered 501; expected an answer of 200 to 299. " +
        "Check the address and what it asks for.",
    ],
    [
      "sends it elsewhere",
      (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
      1,
      "the webhook answered 307, a redirect, which is not followed; " +
        "expected an answer of 200 to 299. Give the address that it leads to.",
    ],
    [
      "hangs up",
      (response) => response.destroy(),
      4,
      "the webhook can not be reached (UND_ERR_SOCKET) in each of 4 attempts; " +
        "expected an answer of 200 to 299.",
    ],
  ])("to one who %s ends in a message without secrets", async (_, answer, attempts, told) => {
    const outcome = await send(answer);
    expect(outcome).toMatchObject({ message: `<origin>: ${told}`, attempts });
  });

  it("to nobody does so too", async () => {
    const { origin } = await Receiver.within(undefined, async (receiver) => receiver);
    const sleep = async (): Promise<void> => {};
    const message = await sendRequest(requestTo(`${origin}/s3cret`), { sleep }).catch(String);
    expect(message).toBe(
      `TidemarkError: ${origin}: the webhook can not be reached (ECONNREFUSED) in each of 4 ` +
        "attempts; expected an answer of 200 to 299.",
    );
  });

  it.each<[string, Answer]>([
    ["says nothing", () => {}],
    ["never ends", (response) => response.writeHead(200).write("a")],
  ])("gives up on an answer that %s", async (_, answer) => {
    expect(await send(answer, { timeoutMs: 120 })).toEqual({
      message:
        "<origin>: the webhook gave no answer within 0.12 seconds in each of 4 attempts; " +
        "expected an answer of 200 to 299.",
      pauses: [1000, 2000, 4000],
      attempts: 4,
    });
  });

  it("repeats what it is answered only where values are shown", async () => {
    const answer: Answer = (response) => response.writeHead(400).end("label s3cret is bad\n");
    expect((await send(answer)).message).not.toContain("s3cret");
    expect((await send(answer, {}, { showsValues: true })).message).toBe(
      '<origin>: the webhook answered 400: "label s3cret is bad"; ' +
        "expected an answer of 200 to 299. Check the address and what it asks for.",
    );
  });

  it("ends with the signal, while it is sent and while it waits", async () => {
    const endedIn = (run: (abort: AbortController) => Promise<unknown>) => {
      const abort = new AbortController();
      return run(abort).catch((error) => error);
    };
    const during = await endedIn((abort) =>
      Receiver.within(
        () => abort.abort("SIGTERM"),
        ({ origin }) => sendRequest(requestTo(origin), { signal: abort.signal }),
      ),
    );
    const between = await endedIn((abort) =>
      Receiver.within(
        (response) => {
          response.writeHead(503).end(() => setTimeout(() => abort.abort("SIGINT"), 20));
        },
        ({ origin }) => sendRequest(requestTo(origin), { signal: abort.signal }),
      ),
    );
    expect([during, between]).toEqual(["SIGTERM", "SIGINT"]);
  });
});
