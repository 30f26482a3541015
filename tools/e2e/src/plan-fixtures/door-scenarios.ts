import { set, setVariable } from "./edits";
import { edited, type Scenario } from "./scenario";

/** Who may knock, and who decides. */
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
    // The hash of no bytes at all; Terraform opens the file itself at the apply only.
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
