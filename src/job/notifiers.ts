/** Who is told of runs: each webhook that the settings name as a function of the news. */
import {
  CLOUD_EVENT_CONTENT_TYPE,
  renderCloudEvent,
} from "../report/notifications/render-cloud-event.ts";
import { renderSlackMessage } from "../report/notifications/render-slack-message.ts";
import type { RunNews } from "../report/notifications/run-news.ts";
import type { Environment } from "./container-paths.ts";
import { type DeliverySettings, parseAddress } from "./delivery-settings.ts";
import { type SendRuntime, sendRequest } from "./send-request.ts";
import { signWebhook } from "./sign-webhook.ts";

/** Tells news; rejects with a delivery error. `time` is in milliseconds since 1970. */
export type Notifier = (news: RunNews, time: number) => Promise<void>;

/** What events are signed with; a variable alone, so that it stands in no list of processes. */
export const NOTIFY_SECRET = "TIDEMARK_NOTIFY_SECRET";

/** Opens them. Throws a usage error for what can not be sent to. */
export function openNotifiers(
  { notify, notifySlack }: DeliverySettings,
  { environment = {}, ...runtime }: SendRuntime & { environment?: Environment | undefined },
): readonly Notifier[] {
  return [
    ...(notify ? [webhook(parseAddress(notify, "--notify"), environment, runtime)] : []),
    ...(notifySlack ? [slack(parseAddress(notifySlack, "--notify-slack"), runtime)] : []),
  ];
}

function webhook(url: URL, environment: Environment, runtime: SendRuntime): Notifier {
  return async (news, time) => {
    const body = renderCloudEvent(news, time);
    const signed = signWebhook({ id: news.id, time, body }, environment[NOTIFY_SECRET]);
    const headers = { "content-type": CLOUD_EVENT_CONTENT_TYPE, ...signed };
    const request = { receiver: "the webhook", url, method: "POST", headers, body } as const;
    await sendRequest(request, runtime);
  };
}

function slack(url: URL, runtime: SendRuntime): Notifier {
  return async (news) => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const body = renderSlackMessage(news);
    const request = { receiver: "Slack", url, method: "POST", headers, body } as const;
    await sendRequest(request, runtime);
  };
}
