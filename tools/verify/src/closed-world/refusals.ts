import { isRecord } from "@studio-access/terraform";

import { text } from "../model/attributes";
import { own, type Expectation, type TypeRules } from "./rules";

/** The status of each response that API Gateway gives by itself; undefined: API Gateway's own. */
const STATUS: Readonly<Record<string, string | undefined>> = {
  UNAUTHORIZED: "401",
  ACCESS_DENIED: "403",
  MISSING_AUTHENTICATION_TOKEN: "403",
  THROTTLED: "429",
  INTEGRATION_TIMEOUT: "504",
  INTEGRATION_FAILURE: "502",
  DEFAULT_5XX: undefined,
};
const JSON_TYPE = "application/json";

const type: Expectation = ({ resource, valuesOf, stack }) => {
  const all = valuesOf(stack, resource.type, "response_type");
  const own = text(resource, "response_type");
  const isKnown = own in STATUS && all.filter((each) => each === own).length === 1;
  return isKnown ? own : `one of ${Object.keys(STATUS).join(", ")}, each once`;
};

/** JSON in any words. As a page a browser would show or run what stands in it. */
const templates: Expectation = ({ resource: { values } }) => {
  const own = values["response_templates"];
  const isJson = isRecord(own) && Object.keys(own).join() === JSON_TYPE;
  return isJson ? (own as Readonly<Record<string, string>>) : { [JSON_TYPE]: "any words" };
};

/** What API Gateway answers by itself: refusals alone, which lead nowhere and let no other site read them. */
export const refusals = {
  count: { access: Object.keys(STATUS).length },
  fixed: {
    rest_api_id: own("aws_api_gateway_rest_api"),
    response_type: type,
    status_code: ({ resource }) => STATUS[text(resource, "response_type")],
    response_parameters: () => ({ "gatewayresponse.header.Cache-Control": "'no-store'" }),
    response_templates: templates,
  },
} satisfies TypeRules;
