import { problem } from "../problem";
import type { Rule } from "./rule";

/** Bytes that the page's settings may take: Lambda's environment has 4 KB, and the provider's own values need the rest. */
const SETTINGS_BYTES = 3_000;

const signInReturnsSomewhere: Rule = ({ access, identity }) =>
  identity?.provider === "cognito" && access?.portal === undefined && identity.callbackUrls === undefined
    ? [
        problem(
          ["identity", "callbackUrls"],
          undefined,
          "required without a portal: Cognito's hosted login needs a place to return to",
          'write "access": { "portal": {} }, or list at least one URL',
        ),
      ]
    : [];

const cognitoEndpointsAreKnown: Rule = ({ access, identity }) =>
  identity?.provider === "cognito" && access?.portal?.endpoints !== undefined
    ? [
        problem(
          ["access", "portal", "endpoints"],
          access.portal.endpoints,
          "must be left out: the endpoints of the Cognito stand-in are known",
          "remove it",
        ),
      ]
    : [];

const settingsFitTheEnvironment: Rule = ({ access }) => {
  const bytes = Buffer.byteLength(JSON.stringify(access?.portal ?? {}));
  return bytes <= SETTINGS_BYTES
    ? []
    : [
        problem(
          ["access", "portal"],
          undefined,
          `takes ${bytes} bytes as JSON, and ${SETTINGS_BYTES} of a function's environment are free for it`,
          "take a smaller logo",
        ),
      ];
};

export const accessRules: readonly Rule[] = [
  signInReturnsSomewhere,
  cognitoEndpointsAreKnown,
  settingsFitTheEnvironment,
];
