import { sampleConfig as config } from "../sample";
import { TRUSTING } from "../../matrices/assume-matrix";
import { namedId, serviceRow, SHARED_ADMINISTRATOR } from "../../matrices/assume-rows";
import { FOREIGNER } from "../../matrices/data-matrix";
import { FOREIGN_PRINCIPAL, FOREIGN_RESOURCE } from "../../matrices/endpoint-matrix";
import type { MatrixName } from "../../matrices/matrix";
import { presignId, sessionId, UNKNOWN_USER } from "../../matrices/presign-rows";
import { presignRoleArn, roleArn } from "../../expect/roles";
import { add, only, policy, replace, type Change, type Mutation, type Target } from "./mutation";

const LOB = "222222222222";
const PARTNER = "444444444444";
const ACCESS = roleArn(config, LOB, "lob-a", "access");
const EXECUTION = roleArn(config, LOB, "lob-a", "execution");
const PROFILE = "lob-a/user-lob-a";
const PRESIGN = "sagemaker:CreatePresignedDomainUrl";

const ACCESS_POLICY: Target = ["lob-a", "aws_iam_role_policy", "AccessRole"];
const ACCESS_TRUST: Target = ["lob-a", "aws_iam_role", "AccessRole"];
const EXECUTION_POLICY: Target = ["lob-a", "aws_iam_role_policy", "ExecutionRole"];
const STS: Target = ["networking", "aws_vpc_endpoint", "Endpoint-sts"];
const FLOW_LOGS: Target = ["lob-a", "aws_iam_role", "FlowLogs"];
const USERS_TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/studio-access-local-users";

type CellPlace = Mutation["cell"];

function more(target: Target, attribute: string, ...added: readonly object[]): Change {
  return policy(target, attribute, (statements) => [...statements, ...added]);
}

function presigns(Condition: object): Change {
  return more(ACCESS_POLICY, "policy", { Effect: "Allow", Action: PRESIGN, Resource: "*", Condition });
}

function trusts(principal: string, Condition: object = {}): Change {
  const Principal = { AWS: principal };
  const Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
  return more(ACCESS_TRUST, "assume_role_policy", { Effect: "Allow", Principal, Action, Condition });
}

function letsThrough(Condition: object): Change {
  return more(STS, "policy", { Effect: "Allow", Principal: "*", Action: "sts:*", Resource: "*", Condition });
}

function tablePolicy(Principal: unknown, Condition: object = {}): Change {
  const statement = {
    Effect: "Allow",
    Principal,
    Action: "dynamodb:GetItem",
    Resource: USERS_TABLE,
    Condition,
  };
  return add("access", "aws_dynamodb_resource_policy", {
    resource_arn: USERS_TABLE,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
  });
}

function named(name: string, change: Change, ...cell: CellPlace): Mutation {
  return { name, change, cell };
}

const ANYONE: CellPlace = ["presign", presignId(UNKNOWN_USER), PROFILE];
const OWN: CellPlace = ["presign", presignId("user-lob-a"), PROFILE];
const SHARED: CellPlace = ["assume", SHARED_ADMINISTRATOR, ACCESS];
const ROOT = "arn:aws:iam::111111111111:root";

/** A condition that a caller meets at will, or that the clock meets. */
const AT_WILL: readonly (readonly [string, object])[] = [
  ["over TLS", { Bool: { "aws:SecureTransport": "true" } }],
  ["after a date", { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }],
  ["after a time in seconds", { NumericGreaterThan: { "aws:EpochTime": "1" } }],
  ["by a browser of some name", { StringLike: { "aws:UserAgent": "*studio*" } }],
  ["with a referer", { StringEquals: { "aws:Referer": "https://example.com" } }],
  ["through a service", { Bool: { "aws:ViaAWSService": "true" } }],
  ["without a token of a device", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }],
  ["with a tag of the session", { StringEquals: { "aws:PrincipalTag/team": "red" } }],
];

const CONDITIONAL: readonly Mutation[] = AT_WILL.flatMap(([words, condition]) => [
  named(`the access role presigns every profile ${words}`, presigns(condition), ...ANYONE),
  named(`the access role trusts shared services ${words}`, trusts(ROOT, condition), ...SHARED),
]);

const TIME: readonly Mutation[] = [
  named(
    "the access role presigns only until a date",
    more(ACCESS_POLICY, "policy", {
      Effect: "Deny",
      Action: PRESIGN,
      Resource: "*",
      Condition: { DateGreaterThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } },
    }),
    ...OWN,
  ),
  named(
    "a condition asks what the state does not tell",
    presigns({ StringEquals: { "aws:ResourceTag/open": "yes" } }),
    ...ANYONE,
  ),
  named(
    "everyone reads the users over TLS",
    tablePolicy("*", { Bool: { "aws:SecureTransport": "true" } }),
    ...(["data", FOREIGNER, "read studio-access-local-users"] as const),
  ),
  named(
    "the endpoint of STS lets everyone through over TLS",
    letsThrough({ Bool: { "aws:SecureTransport": "true" } }),
    ...(["endpoints", "networking/sts", FOREIGN_PRINCIPAL] as const),
  ),
];

const PARTNER_ROLE = `arn:aws:iam::${PARTNER}:role/partner`;

const NAMED: readonly Mutation[] = [
  named(
    "the access role trusts a partner's role",
    trusts(PARTNER_ROLE),
    "assume",
    namedId(PARTNER_ROLE),
    ACCESS,
  ),
  named(
    "the access role trusts a partner's account",
    trusts(`arn:aws:iam::${PARTNER}:root`),
    ...(["assume", namedId(`any principal of account ${PARTNER}`), ACCESS] as const),
  ),
  named(
    "the access role trusts a partner's roles by a pattern",
    trusts("*", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${PARTNER}:role/p*` } }),
    ...(["assume", namedId(`arn:aws:iam::${PARTNER}:role/p*`), ACCESS] as const),
  ),
  named(
    "the access role trusts another line of business",
    trusts("arn:aws:iam::333333333333:root"),
    ...(["assume", namedId("any principal of account 333333333333"), ACCESS] as const),
  ),
  named(
    "the access role trusts a user of its own account",
    trusts(`arn:aws:iam::${LOB}:user/bob`),
    ...(["assume", namedId(`arn:aws:iam::${LOB}:user/bob`), ACCESS] as const),
  ),
  named(
    "the access role can be assumed under one session name",
    trusts(ROOT, { StringEquals: { "sts:RoleSessionName": "back-door" } }),
    ...SHARED,
  ),
  named(
    "the access role can be assumed with an external id",
    trusts(ROOT, { StringEquals: { "sts:ExternalId": "x" } }),
    ...SHARED,
  ),
  named(
    "the access role can be assumed without a source identity",
    replace(ACCESS_TRUST, "assume_role_policy", /,?"sts:SourceIdentity":"false"/, ""),
    ...(["assume", presignRoleArn(config), ACCESS] as const),
  ),
  named(
    "the access role presigns through a foreign endpoint",
    replace(ACCESS_POLICY, "policy", '"aws:SourceVpce":[', '"aws:SourceVpce":["vpce-0123456789abcdef0",'),
    ...OWN,
  ),
  named(
    "the access role presigns from a foreign VPC",
    presigns({ StringEquals: { "aws:SourceVpc": "vpc-0f" } }),
    ...ANYONE,
  ),
  named(
    "the access role presigns from a range of addresses",
    presigns({ IpAddress: { "aws:SourceIp": "198.18.0.0/15" } }),
    ...ANYONE,
  ),
  named(
    "the access role presigns from addresses of a foreign VPC",
    presigns({ IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }),
    ...ANYONE,
  ),
  named(
    "the access role presigns in one user's name for all",
    presigns({ StringEquals: { "aws:PrincipalTag/user": UNKNOWN_USER } }),
    ...ANYONE,
  ),
  named(
    "notebooks may assume a partner's role",
    more(EXECUTION_POLICY, "policy", { Effect: "Allow", Action: "sts:AssumeRole", Resource: PARTNER_ROLE }),
    ...(["assume", EXECUTION, TRUSTING] as const),
  ),
  named(
    "a partner reads the users",
    tablePolicy({ AWS: PARTNER_ROLE }),
    ...(["data", namedId(PARTNER_ROLE), "read studio-access-local-users"] as const),
  ),
  named(
    "the endpoint of STS lets a partner through",
    replace(STS, "policy", /"aws:PrincipalAccount":\[/g, `"aws:PrincipalAccount":["${PARTNER}",`),
    ...(["endpoints", "networking/sts", FOREIGN_PRINCIPAL] as const),
  ),
  named(
    "the endpoint of STS lets a partner's roles through",
    replace(STS, "policy", /"aws:ResourceAccount":\[/g, `"aws:ResourceAccount":["${PARTNER}",`),
    ...(["endpoints", "networking/sts", FOREIGN_RESOURCE] as const),
  ),
  named(
    "the endpoint of STS lets another Organization through",
    letsThrough({ StringEquals: { "aws:PrincipalOrgID": "o-partner" } }),
    ...(["endpoints", "networking/sts", FOREIGN_PRINCIPAL] as const),
  ),
  named(
    "the endpoint of keys stops a line of business",
    replace(["networking", "aws_vpc_endpoint", "Endpoint-kms"], "policy", ',"333333333333"', ""),
    ...(["endpoints", "networking/kms", "our principal, our resource"] as const),
  ),
  named(
    "a partner's flow logs may use the role",
    replace(
      FLOW_LOGS,
      "assume_role_policy",
      `"aws:SourceAccount":"${LOB}"`,
      `"aws:SourceAccount":["${LOB}","${PARTNER}"]`,
    ),
    ...([
      "assume",
      serviceRow("vpc-flow-logs.amazonaws.com"),
      roleArn(config, LOB, "lob-a", "flow-logs"),
    ] as const),
  ),
  named(
    "the execution role's sessions presign in another name",
    more(EXECUTION_POLICY, "policy", {
      Effect: "Allow",
      Action: PRESIGN,
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceIdentity": UNKNOWN_USER } },
    }),
    ...(["presign", sessionId(EXECUTION, UNKNOWN_USER), PROFILE] as const),
  ),
];

/** A twin with other values, before or after the resource itself: both have to be judged. */
function twin(target: Target, values: Readonly<Record<string, unknown>>, place: "before" | "after"): Change {
  return (state) => {
    const resource = only(state, target);
    const other = {
      ...resource,
      address: `${resource.address}Twin`,
      values: { ...resource.values, ...values },
    };
    return place === "before" ? [other, ...state] : [...state, other];
  };
}

const OPEN_TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: ROOT }, Action: "sts:AssumeRole" },
});

const TWINS: readonly Mutation[] = (["before", "after"] as const).flatMap((place) => {
  const cell = (matrix: MatrixName, row: string, column: string): CellPlace => [matrix, row, column];
  const second = (id: string): string => (place === "before" ? id : `${id} (2)`);
  return [
    named(
      `an open method is ${place} the guarded one`,
      twin(
        ["access", "aws_api_gateway_method", "Api_Get_"],
        { authorization: "NONE", authorizer_id: "" },
        place,
      ),
      ...cell("settings", "access: aws_api_gateway_method", "value"),
    ),
    named(
      `an open endpoint is ${place} that of STS`,
      twin(STS, { policy: "" }, place),
      ...cell("endpoints", second("networking/sts"), FOREIGN_PRINCIPAL),
    ),
    named(
      `a role with another trust is ${place} the access role`,
      twin(ACCESS_TRUST, { assume_role_policy: OPEN_TRUST }, place),
      ...cell("assume", SHARED_ADMINISTRATOR, second(ACCESS)),
    ),
  ];
});

/** Changes that only a question about what the policies themselves name, or about every value of a key, finds. */
export const STRANGER_MUTATIONS: readonly Mutation[] = [...CONDITIONAL, ...TIME, ...NAMED, ...TWINS];
