import type { Config } from "../schema";
import { describeRules } from "../testing/sample";

const portal =
  (changes: NonNullable<NonNullable<Config["access"]>["portal"]>) =>
  (config: Config): void => {
    config.access = { portal: changes };
  };

describeRules("the private API for people", [
  [
    "Cognito without a portal and without a place to return to",
    (config) => {
      config.identity = { provider: "cognito", accessTokenMinutes: 15 };
    },
    ["identity.callbackUrls", /without a portal/, /"portal"/],
  ],
  [
    "endpoints of the Cognito stand-in",
    portal({ endpoints: { authorization: "https://a.example.com", token: "https://b.example.com" } }),
    ["access.portal.endpoints", /are known/, /remove it/],
  ],
  [
    "a page whose settings do not fit a function's environment",
    portal({
      company: { name: "Example", logo: `data:image/png;base64,${"A".repeat(2300)}` },
      authorizationParameters: { audience: "a".repeat(700) },
    }),
    ["access.portal", /3000 of a function's environment/, /smaller logo/],
  ],
]);
