import { describe, expect, it } from "vitest";
import { parseAddress, parseMetricLabels, takeDelivery } from "./delivery-settings.ts";

/** An error of exactly that message. */
const whole = (message: string) => expect.objectContaining({ code: "usage", message });

describe("settings of deliveries", () => {
  it("are taken out of other options, those that are given", () => {
    const options = { notify: "http://a", notifyOn: undefined, seed: 7 };
    expect(takeDelivery(options)).toEqual([{ delivery: { notify: "http://a" } }, { seed: 7 }]);
    expect(takeDelivery({ notify: undefined })).toEqual([{}, {}]);
    expect(takeDelivery({ notify: "", metricLabels: [""] })).toEqual([{}, {}]);
  });

  it("have labels of any texts, the last of a name", () => {
    expect(parseMetricLabels(["model=a", "env=a=b,c\n", "model=churn"])).toEqual({
      model: "churn",
      env: "a=b,c\n",
    });
  });

  it.each(["model", "=a", "model=", "1a=b", "a-b=c", "feature=a", "check=a", "__name__=a"])(
    "refuse the label %j",
    (text) => {
      expect(() => parseMetricLabels([text])).toThrow(
        whole(
          `metric label ${JSON.stringify(text)} can not be used; ` +
            "expected name=value, the name of letters, digits and _. " +
            "Names that begin with __, feature, check, quantile, le and service_name are taken.",
        ),
      );
    },
  );

  it.each(["s3cret", "ftp://s3cret", "http://", "http://a:%zz@b/", "/s3cret"])(
    "refuse the address %s and do not repeat it",
    (text) => {
      expect(() => parseAddress(text, "--notify")).toThrow(
        whole(
          "--notify is no address to send to; expected one that begins with http:// or https://.",
        ),
      );
    },
  );
});
