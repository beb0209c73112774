/** A script under way, whatever runs it. */
import type { HookEnd } from "./hook-errors.ts";
import type { HookBatch, HookReply } from "./hook-message.ts";

export interface HookProcess {
  send(batch: HookBatch): void;
  /** Lets it end by itself; resolves when it has. */
  end(): Promise<void>;
  /** Ends it at once, and what it has started. */
  kill(): void;
}

export interface HookListener {
  reply(reply: HookReply): void;
  /** It ended by itself; all of its replies and lines came before. */
  ended(end: HookEnd): void;
  /** It could not be started. */
  failed(cause: unknown): void;
}
