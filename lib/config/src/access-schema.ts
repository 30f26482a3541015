import { PORTAL_LOGO_LIMIT, PORTAL_OWN_PARAMETERS, PORTAL_SIGN_INS } from "@studio-access/shared-types";
import { z } from "zod";
import { advice } from "./advice";
import * as field from "./fields";

const Endpoints = field.section({
  authorization: field.httpsUrl("the provider's authorization endpoint"),
  token: field.httpsUrl("the provider's token endpoint"),
  endSession: field.httpsUrl("where the provider ends its session").optional(),
});

const Company = field.section({
  name: field.TEXT.max(60, advice("at most 60 characters", "shorten it")),
  // It travels in the function's environment, of which Lambda takes 4 KB in all.
  logo: z
    .string()
    .max(
      PORTAL_LOGO_LIMIT,
      advice(`at most ${PORTAL_LOGO_LIMIT} characters`, "take a small SVG, or leave the logo out"),
    )
    .regex(
      /^data:image\/(svg\+xml|png|webp|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/,
      advice(
        "must be a picture as a data URI",
        "write data:image/svg+xml;base64,… ; `base64 -w0 logo.svg` prints what follows the comma",
      ),
    )
    .optional()
    .describe("Picture of 2,400 characters at most, as a data URI."),
  support: z
    .union([z.email(), z.url({ protocol: /^https$/ })], {
      error: advice("must be an e-mail address or an https URL", "write where people get help"),
    })
    .optional()
    .describe("Where people get help: an e-mail address, or an https URL."),
});

const Portal = field
  .section({
    signIn: z
      .enum(PORTAL_SIGN_INS)
      .optional()
      .describe(
        "Whether the page goes to the provider at once, or when its button is pressed. Left out: at_once.",
      ),
    scopes: field.TEXTS.refine(
      (scopes) => scopes.includes("openid"),
      advice("must hold openid, or there is no ID token", "add openid"),
    )
      .refine(
        (scopes) => !scopes.includes("offline_access"),
        advice("must not hold offline_access: the page keeps no refresh token", "leave it out"),
      )
      .optional()
      .describe(
        "Scopes that the page asks for, openid among them. Left out: openid alone (docs/identity.md).",
      ),
    authorizationParameters: z
      .record(
        z
          .string()
          .regex(/^[\w.-]+$/, advice("must be a parameter's name", "write a name such as audience"))
          .refine(
            (name) => !PORTAL_OWN_PARAMETERS.includes(name),
            advice("the page sets this parameter itself", "leave it out"),
          ),
        field.TEXT,
      )
      .optional()
      .describe("Further parameters of the authorization request, such as audience or domain_hint."),
    endpoints: Endpoints.optional().describe(
      "The provider's endpoints, where a browser may not read its metadata. Left out: the page reads the metadata.",
    ),
    company: Company.optional().describe("What the page shows of the company."),
  })
  .describe("The page at which people sign in and go on to Studio.");

const Domain = field
  .section({
    name: field.HOST_NAME.describe(
      "The name that people open, such as studio.corp.example.com. Corporate DNS has to forward it to the hub.",
    ),
    certificateArn: field.CERTIFICATE_ARN.describe(
      "Certificate for that name, in the shared services' account and the region, which the people's browsers trust.",
    ),
  })
  .describe("A name of the company's own for the private API: API Gateway's private custom domain name.");

export const Access = field
  .section({
    portal: Portal.optional().describe(
      "The page at the API's address, at which people sign in and go on to Studio. Left out: none; a header holds the token.",
    ),
    domain: Domain.optional().describe(
      "A name of the company's own for the private API. Left out: API Gateway's own name serves.",
    ),
  })
  .describe("How people come to the private API: its page, and a name that they can remember.");

export type DomainConfig = z.infer<typeof Domain>;
export type PortalConfig = z.infer<typeof Portal>;
