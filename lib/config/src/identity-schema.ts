import { TOKEN_PRESET_NAMES } from "@studio-access/shared-types";
import { z } from "zod";
import { advice } from "./advice";
import * as field from "./fields";

const GROUP_PREFIX = field.GROUP_PREFIX.optional().describe(
  "What the names of groups that count begin with; the token's other groups are not looked at. Left out: every group counts.",
);

export const Identity = z
  .discriminatedUnion("provider", [
    field.section({
      provider: z.literal("cognito"),
      callbackUrls: z
        .array(field.httpsUrl("a URL such as https://portal.example.com/callback"))
        .min(1, advice("the hosted login needs a place to return to", "list at least one URL"))
        .max(99, advice("Cognito takes 100 callback URLs, and the portal's is one", "list fewer"))
        .optional()
        .describe(
          "Where Cognito's hosted login may return to, beside the portal. Left out: to the portal alone.",
        ),
      accessTokenMinutes: field
        .wholeNumber(5, 1440, "minutes")
        .describe("Lifetime of an access token, in minutes. Cognito: 5 to 1440."),
      groupPrefix: GROUP_PREFIX,
    }),
    field.section({
      provider: z.literal("oidc"),
      issuer: field
        .httpsUrl("the issuer's URL, exactly as tokens carry it in `iss`")
        .describe("The `iss` of its tokens."),
      jwksUri: field
        .httpsUrl("the URL of the issuer's keys")
        .describe("Where the issuer publishes its keys."),
      clientId: field.TEXT.describe("The one client whose tokens are accepted."),
      audience: z
        .union([field.TEXT, field.TEXTS], {
          error: advice("must be a text, or a list of at least one", "write the audience of the API"),
        })
        .describe("The `aud` that access tokens must carry; of a list, one."),
      preset: z
        .enum(TOKEN_PRESET_NAMES)
        .optional()
        .describe(
          "Fills in what follows for a provider; a field that is given counts before it. Left out: rfc9068. See docs/identity.md.",
        ),
      userNameClaim: field.TEXT.optional().describe(
        "Claim that holds what the provider calls the user. The presets okta and keycloak know it.",
      ),
      groupsClaim: field.TEXT.optional().describe(
        "Claim that holds the user's groups, for lines of business that have groups. The preset entra knows it.",
      ),
      groupPrefix: GROUP_PREFIX,
      clientClaim: z
        .enum(["client_id", "azp", "appid", "cid"])
        .optional()
        .describe("Claim that names the client."),
      tokenTypes: field.TEXTS.optional().describe(
        "Accepted `typ` of the token's header, such as at+jwt or JWT; none: a header without it.",
      ),
      requiredClaims: z
        .record(field.TEXT, field.TEXT)
        .optional()
        .describe("Claims that mark an access token of this provider, each with its one value."),
    }),
  ])
  .describe("Who signs the users in: the Cognito stand-in, or the company's own OpenID Connect provider.");
