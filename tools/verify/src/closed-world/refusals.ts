import { isRecord } from "@studio-access/terraform";

import { text } from "../model/attributes";
import { own, type Expectation, type TypeRules } from "./rules";

/** Code and status of each response that API Gateway gives by itself; without a status: API Gateway's own. */
const REFUSALS: Readonly<Record<string, readonly [code: string, status?: string]>> = {
  UNAUTHORIZED: ["unauthorized", "401"],
  ACCESS_DENIED: ["forbidden", "403"],
  MISSING_AUTHENTICATION_TOKEN: ["forbidden", "403"],
  THROTTLED: ["throttled", "429"],
  INTEGRATION_TIMEOUT: ["upstream_timeout", "504"],
  INTEGRATION_FAILURE: ["upstream_error", "502"],
  DEFAULT_5XX: ["upstream_error"],
};
const JSON_TYPE = "application/json";
/** The message: any words, but no variable, and no quote that ends it. */
const WORDS = /"message":"[^"$\\]*"/;

const type: Expectation = ({ resource, valuesOf, stack }) => {
  const all = valuesOf(stack, resource.type, "response_type");
  const own = text(resource, "response_type");
  const isKnown = own in REFUSALS && all.filter((each) => each === own).length === 1;
  return isKnown ? own : `one of ${Object.keys(REFUSALS).join(", ")}, each once`;
};

/**
 * JSON with the response's own code and the request's id. A page would be shown or run by a browser, and a variable other
 * than the id could repeat what the caller sent.
 */
const templates: Expectation = ({ resource }) => {
  const [code] = REFUSALS[text(resource, "response_type")] ?? [];
  const own = resource.values["response_templates"];
  const words = WORDS.exec(String(isRecord(own) ? own[JSON_TYPE] : ""))?.[0] ?? `"message":"any words"`;
  return { [JSON_TYPE]: `{"code":"${String(code)}",${words},"requestId":"$context.requestId"}` };
};

/** What API Gateway answers by itself: refusals alone, which lead nowhere and let no other site read them. */
export const refusals = {
  count: { access: Object.keys(REFUSALS).length },
  fixed: {
    rest_api_id: own("aws_api_gateway_rest_api"),
    response_type: type,
    status_code: ({ resource }) => REFUSALS[text(resource, "response_type")]?.[1],
    response_parameters: () => ({ "gatewayresponse.header.Cache-Control": "'no-store'" }),
    response_templates: templates,
  },
} satisfies TypeRules;
