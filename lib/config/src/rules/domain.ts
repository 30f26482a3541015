import type { Draft } from "../draft";
import { problem } from "../problem";
import { awsSuffixOf } from "./resolver";
import type { Rule } from "./rule";

const NAME = ["access", "domain", "name"];
const CERTIFICATE = ["access", "domain", "certificateArn"];

/** The zones of the hub and of AWS answer there; a zone of ours would stand in their way. */
const isNoNameOfAws: Rule = ({ access }) => {
  const name = access?.domain?.name;
  const suffix = awsSuffixOf(name);
  return suffix === undefined
    ? []
    : [
        problem(
          NAME,
          name,
          `must not be a name of ${suffix}, which AWS and the hub's own zones answer`,
          "take a name of a domain of the company's own",
        ),
      ];
};

/** The zone answers its name and every name below it. A forward rule of the same name would win over the zone. */
const hidesNoOther: Rule = (draft) => {
  const name = draft.access?.domain?.name;
  const hidden = name === undefined ? [] : namesInUse(draft).filter(([, used]) => isAtOrBelow(used, name));
  return hidden.map(([where, used]) =>
    problem(
      NAME,
      name,
      `must not be ${used} or a name above it (${where}): the zone of this name answers for all that is below it`,
      "take a name that is used for nothing else, such as studio.corp.example.com",
    ),
  );
};

/** The names that the config itself uses, and where. */
function namesInUse({ access, identity, network }: Draft): readonly (readonly [string, string])[] {
  const endpoints = access?.portal?.endpoints;
  const urls = [
    ["access.portal.endpoints.authorization", endpoints?.authorization],
    ["access.portal.endpoints.token", endpoints?.token],
    ["access.portal.endpoints.endSession", endpoints?.endSession],
    ...(identity?.provider === "oidc"
      ? ([
          ["identity.issuer", identity.issuer],
          ["identity.jwksUri", identity.jwksUri],
        ] as const)
      : []),
  ] as const;
  const hosts = urls.flatMap(([where, url]) =>
    url !== undefined && URL.canParse(url) ? [[where, new URL(url).hostname] as const] : [],
  );
  const forwarded = (network?.resolver?.outboundRules ?? []).flatMap((rule) =>
    rule?.domain === undefined ? [] : [["network.resolver.outboundRules", rule.domain] as const],
  );
  return [...hosts, ...forwarded];
}

function isAtOrBelow(used: string, name: string): boolean {
  return used === name || used.endsWith(`.${name}`);
}

/** API Gateway takes a certificate of its own account and region only. */
const certificateIsHere: Rule = ({ access, region, sharedServices }) => {
  const arn = access?.domain?.certificateArn;
  // A text that is no certificate's ARN has its own problem.
  const [, inRegion, inAccount] = /^arn:aws:acm:([^:]+):(\d{12}):/.exec(arn ?? "") ?? [];
  if (inRegion === undefined) return [];
  const wrong = (rule: string, remedy: string): ReturnType<Rule> => [problem(CERTIFICATE, arn, rule, remedy)];
  return [
    ...(region === undefined || inRegion === region
      ? []
      : wrong(`must be a certificate in ${region}, the config's region`, "request or import one there")),
    ...(sharedServices?.id === undefined || inAccount === sharedServices.id
      ? []
      : wrong(
          `must be a certificate of the shared services' account ${sharedServices.id}`,
          "request or import one in that account",
        )),
  ];
};

export const domainRules: readonly Rule[] = [isNoNameOfAws, hidesNoOther, certificateIsHere];
