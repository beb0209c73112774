import { expect, test } from "vitest";
import { pushgatewayUrl } from "./pushgateway-url.ts";

const GATEWAY = "http://gateway:9091";

test.each([
  ["", {}, "/metrics/job/tidemark"],
  ["/", { model: "churn" }, "/metrics/job/tidemark/model/churn"],
  ["/prefix/", { job: "drift", env: "prod" }, "/prefix/metrics/job/drift/env/prod"],
  ["", { model: "a/b" }, "/metrics/job/tidemark/model@base64/YS9i"],
  ["", { model: ".." }, "/metrics/job/tidemark/model@base64/Li4"],
  ["", { model: "größe" }, "/metrics/job/tidemark/model@base64/Z3LDtsOfZQ"],
  ["/metrics/job/mine", { model: "churn" }, "/metrics/job/mine"],
  ["/metrics/job@base64/bWluZQ", { model: "churn" }, "/metrics/job@base64/bWluZQ"],
])("%j with %j is the group %s", (path, labels, group) => {
  expect(pushgatewayUrl(new URL(GATEWAY + path), labels).href).toBe(GATEWAY + group);
});
