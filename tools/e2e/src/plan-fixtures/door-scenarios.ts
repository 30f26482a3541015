import { set, setVariable } from "./edits";
import { edited, type Scenario } from "./scenario";

/** Changes of the private API, its authorizer and its functions. */
export const DOOR: readonly Scenario[] = [
  edited("method-opened", "access", set(["aws_api_gateway_method", "Api_Get"], { authorization: "NONE" })),
  edited(
    "authorizer-weakened",
    "access",
    set(["aws_api_gateway_authorizer"], {
      identity_source: "method.request.querystring.token",
      authorizer_result_ttl_in_seconds: 3600,
    }),
  ),
  edited(
    "api-made-public",
    "access",
    set(["aws_api_gateway_rest_api", "RestApi"], { endpoint_configuration: { types: ["REGIONAL"] } }),
  ),
  edited(
    "function-code-changed",
    "access",
    // The hash of an empty file; Terraform reads the file itself only in the apply.
    set(["aws_lambda_function", "Authorizer"], {
      source_code_hash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    }),
  ),
  edited(
    "function-variable-changed",
    "access",
    setVariable("Authorizer", "JWKS_URI", "https://keys.example.com/jwks.json"),
  ),
];
