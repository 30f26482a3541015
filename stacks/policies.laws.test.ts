import { PRESIGN_ROLE, namesFor } from "@studio-access/config";

import {
  CONFIGS,
  inOrganization,
  withDomain,
  withGroups,
  withGroupsAlone,
  withoutPortal,
} from "./testing/configs";
import { asList, statementsOf, type PlacedStatement } from "./testing/policies";
import { allResources, localConfig, synthApp } from "./testing/synth-app";

const config = localConfig();
const organization = inOrganization(config);

function statements(of: typeof config): readonly PlacedStatement[] {
  return statementsOf(allResources(synthApp(of)));
}

function wheres(found: readonly PlacedStatement[]): string[] {
  return found.map(({ where }) => where);
}

/**
 * The policies of the workflows' own roles. The apply role changes every resource of the services that the stacks use,
 * so it names whole services (lib/permissions/src/apply-permissions.ts). The boundary of the roles that it makes names all of
 * AWS, and denies parts of it. ci-access.laws.test.ts tests by evaluation what these roles may do.
 */
const ofWorkflows = ({ where }: PlacedStatement): boolean => where.startsWith("ci-access");

/** A profile that a variable of the caller's session names. */
const OWN_PROFILE =
  /:user-profile\/.+\/\$\$\{(aws:PrincipalTag\/user|aws:SourceIdentity|sagemaker:UserProfileName)\}$/;

describe.each(CONFIGS)("every policy %s", (_name, environment) => {
  const lobs = environment.linesOfBusiness.length;
  const all = statements(environment);
  const allows = all.filter(({ statement }) => statement.Effect === "Allow");

  it("is read by these laws", () => {
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(["trust", "identity", "resource", "endpoint", "key"]),
    );
    expect(all.some(ofWorkflows)).toBe(environment.ci !== undefined);
  });

  it("says what each statement is for", () => {
    expect(wheres(all.filter(({ statement }) => statement.Sid === undefined))).toEqual([]);
  });

  it("trusts everybody only on a condition", () => {
    const open = allows.filter(({ statement: { Principal, Condition } }) => {
      const everybody = Principal === "*" || JSON.stringify(Principal ?? "").includes('"*"');
      return everybody && Condition === undefined;
    });
    // Callers of the private API hold a bearer token and are no AWS principal: its endpoint's policy names the APIs.
    expect(wheres(open)).toEqual([expect.stringMatching(/Endpoint-execute-api_\w+ ApisOfThisAccountOnly$/)]);
  });

  it("allows no action by wildcard", () => {
    const others = allows.filter((placed) => !ofWorkflows(placed));
    const wild = others.filter(
      ({ kind, statement }) =>
        statement.NotAction !== undefined ||
        asList(statement.Action).some((action) =>
          // An endpoint's policy grants nothing, it narrows: there a whole service may be named, but never all of AWS.
          kind === "endpoint" ? action === "*" : action.includes("*"),
        ),
    );
    expect(wheres(wild)).toEqual([]);
  });

  it("allows all resources only where AWS knows no narrower one", () => {
    const wide = allows.filter(
      (placed) =>
        placed.kind === "identity" && !ofWorkflows(placed) && asList(placed.statement.Resource).includes("*"),
    );
    expect([...new Set(wide.map(({ statement }) => statement.Sid))].sort()).toEqual([
      "FindLogGroups",
      "LambdaPlacesFunctionInVpc",
      "ListDomain",
      "LogInToRegistry",
    ]);
  });

  it("lets nobody make a Studio URL but through the central endpoints", () => {
    const policyOf = ({ where }: PlacedStatement): string | undefined => where.split(" ")[0];
    const naming = ({ statement }: PlacedStatement): boolean =>
      asList(statement.Action).some((action) =>
        new RegExp(`^${action.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(
          "sagemaker:CreatePresignedDomainUrl",
        ),
      );
    // The apply role is allowed all of SageMaker, and this one action is denied to it in the same policy.
    const denied = all
      .filter(({ statement: { Effect, Condition, Resource } }) => {
        return Effect === "Deny" && Condition === undefined && Resource === "*";
      })
      .filter(naming)
      .map(policyOf);
    const presign = allows.filter(
      (placed) =>
        placed.kind !== "endpoint" &&
        // The boundary allows nothing by itself: it leaves a role what its own policies allow.
        !/^ci-access\S*\/aws_iam_policy\.RoleBoundary_/.test(placed.where) &&
        !denied.includes(policyOf(placed)) &&
        naming(placed),
    );
    // The access role's and the execution role's, each in two ways to know the user.
    expect(presign).toHaveLength(4 * lobs);
    for (const { where, statement } of presign) {
      expect({
        where,
        vpce: asList(statement.Condition?.["StringEquals"]?.["aws:SourceVpce"] as string[]),
      }).toEqual({
        where,
        vpce: [expect.stringContaining("sagemaker-api"), expect.stringContaining("studio")],
      });
      const untagged = statement.Sid === "PresignWhereTheTagIsNotSent";
      if (untagged) expect(statement.Condition?.["Null"]).toEqual({ "aws:PrincipalTag/user": "true" });
      expect(asList(statement.Resource)).toEqual([
        untagged ? expect.stringMatching(/:user-profile\/.+\/\*$/) : expect.stringMatching(OWN_PROFILE),
      ]);
    }
  });

  it("gives an access role that one action and nothing else", () => {
    const access = all.filter(({ where, kind }) => kind === "identity" && where.includes(".AccessRole_"));
    expect(access).toHaveLength(2 * lobs);
    expect(new Set(access.flatMap(({ statement }) => asList(statement.Action)))).toEqual(
      new Set(["sagemaker:CreatePresignedDomainUrl"]),
    );
  });

  it("lets only the presign function's role into an access role, for a named user", () => {
    const trusts = all.filter(({ where, kind }) => kind === "trust" && where.includes(".AccessRole_"));
    const presignRole = namesFor(environment.environment).roleArn("111111111111", PRESIGN_ROLE);
    expect(trusts).toHaveLength(2 * lobs);
    for (const { statement } of trusts) {
      expect(statement.Principal).toEqual({ AWS: "arn:aws:iam::111111111111:root" });
      expect(statement.Condition?.["ArnEquals"]).toEqual({
        "aws:PrincipalArn": presignRole,
      });
    }
    const assume = trusts.filter(({ statement }) => statement.Action === "sts:AssumeRole");
    expect(assume).toHaveLength(lobs);
    for (const { statement } of assume) {
      expect(statement.Condition?.["Null"]).toEqual({
        "aws:RequestTag/user": "false",
        "sts:SourceIdentity": "false",
      });
    }
  });

  it("lets a profile maker make, tag and see the profile of the named user, and nothing else", () => {
    const withGroups = environment.linesOfBusiness.filter(({ groups = [] }) => groups.length > 0);
    const ofMaker = all.filter(({ where }) => where.includes(".ProfileMaker_"));
    const made = "studio-access:made-by";
    const tagged = { [`aws:RequestTag/${made}`]: "sign-in" };
    const endpoint = { "aws:SourceVpce": expect.stringContaining("sagemaker-api") as unknown };
    const noOtherTag = { "aws:TagKeys": [made] };
    const group = {
      "sagemaker:VpcSecurityGroupIds": [expect.stringContaining("StudioNetwork_SecurityGroup") as unknown],
    };
    const identity = ofMaker.filter(({ kind }) => kind === "identity").map(({ statement }) => statement);
    expect(identity.map(({ Action, Condition }) => [Action, Condition])).toEqual(
      withGroups.flatMap(() => [
        [
          "sagemaker:CreateUserProfile",
          {
            StringEquals: { ...endpoint, ...tagged },
            "ForAllValues:StringEquals": { ...noOtherTag, ...group },
          },
        ],
        [
          "sagemaker:AddTags",
          {
            StringEquals: tagged,
            "ForAllValues:StringEquals": noOtherTag,
            Null: { "sagemaker:TaggingAction": "false" },
          },
        ],
        ["sagemaker:DescribeUserProfile", { StringEquals: endpoint }],
      ]),
    );
    for (const { Resource } of identity)
      expect(asList(Resource)).toEqual([
        expect.stringMatching(/:user-profile\/.+\/\$\$\{aws:PrincipalTag\/user\}$/),
      ]);
    const trusts = (part: string): unknown[] =>
      all
        .filter(({ where, kind }) => kind === "trust" && where.includes(part))
        .filter(({ where }) => withGroups.some(({ name }) => where.startsWith(`${name}/`)))
        .map(({ statement }) => statement);
    expect(trusts(".ProfileMaker_")).toEqual(trusts(".AccessRole_"));
    expect(ofMaker).toHaveLength(5 * withGroups.length);
  });

  it("lets the endpoints carry our own principals' calls alone", () => {
    const endpoints = allows.filter(
      ({ kind, where }) => kind === "endpoint" && where.startsWith("networking/"),
    );
    const key = environment.organizationId === null ? "aws:PrincipalAccount" : "aws:PrincipalOrgID";
    const ofResources = environment.organizationId === null ? "aws:ResourceAccount" : "aws:ResourceOrgID";
    // Callers with a token or a cookie are no principals of AWS: what they ask of must be ours.
    const unsigned = new Set(["OurRolesByToken", "OurStudioDomains"]);
    const ours = environment.organizationId ?? [
      "111111111111",
      ...environment.linesOfBusiness.map(({ account }) => account.id),
    ];
    for (const { where, statement } of endpoints) {
      if (statement.Sid === "ApisOfThisAccountOnly") continue;
      const asked = unsigned.has(statement.Sid ?? "") ? ofResources : key;
      expect({ where, [asked]: statement.Condition?.["StringEquals"]?.[asked] }).toEqual({
        where,
        [asked]: ours,
      });
    }
  });
});

describe("the presign function", () => {
  function assumable(of: typeof config): PlacedStatement["statement"][] {
    return statements(of)
      .filter(({ where, statement }) => where.startsWith("access/") && statement.Sid === "AssumeAccessRoles")
      .map(({ statement }) => statement);
  }

  it("may assume the access roles of the configured accounts, each by name", () => {
    expect(assumable(config).map(({ Resource }) => Resource)).toEqual([
      [
        "arn:aws:iam::222222222222:role/studio-access/local/studio-access-local-lob-a-access",
        "arn:aws:iam::333333333333:role/studio-access/local/studio-access-local-lob-b-access",
      ],
    ]);
  });

  it("may assume access roles by one pattern in an Organization, and in no other", () => {
    expect(assumable(organization)).toEqual([
      expect.objectContaining({
        Resource: "arn:aws:iam::*:role/studio-access/local/studio-access-local-lob-*-access",
        Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
      }),
    ]);
  });
});

describe("the presign function of people by group", () => {
  const byGroup = withGroups(config);
  const role = (account: string, lob: string): string =>
    `arn:aws:iam::${account}:role/studio-access/local/studio-access-local-${lob}-profiles`;
  const resourcesOf = (of: typeof config): readonly string[] =>
    statements(of)
      .filter(({ statement }) => statement.Sid === "AssumeAccessRoles")
      .flatMap(({ statement }) => asList(statement.Resource))
      .filter((arn) => arn.endsWith("-profiles"));

  it("may assume the profile makers of lines of business with groups alone", () => {
    expect(resourcesOf(config)).toEqual([]);
    expect(resourcesOf(byGroup)).toEqual([role("222222222222", "lob-a"), role("333333333333", "lob-b")]);
    expect(resourcesOf(withGroupsAlone(config))).toEqual([role("222222222222", "lob-a")]);
    expect(resourcesOf(withGroupsAlone(organization))).toEqual([role("*", "lob-*")]);
  });

  it("reads own rows and rows of groups in one call, and that of the line of business by its key", () => {
    const reads = statements(byGroup).filter(({ statement }) =>
      asList(statement.Action).some((action) => action.startsWith("dynamodb:")),
    );
    const table = (part: string): unknown => expect.stringContaining(`Directory_${part}_`) as unknown;
    const both = [
      ["dynamodb:GetItem", [table("Lobs")]],
      ["dynamodb:BatchGetItem", [table("Users"), table("Groups")]],
    ];
    expect(reads.map(({ statement: { Action, Resource } }) => [Action, asList(Resource)])).toEqual([
      ...both,
      ...both,
    ]);
  });
});

describe("managed policies", () => {
  it("are attached to no role, unless a line of business names its own", () => {
    const attachments = (of: typeof config): unknown[] =>
      allResources(synthApp(of))
        .filter(({ type }) => type.endsWith("policy_attachment"))
        .map(({ body }) => body["policy_arn"]);
    expect(attachments(config)).toEqual([]);
    const [first, ...others] = config.linesOfBusiness;
    const own = "arn:aws:iam::222222222222:policy/team-data";
    expect(
      attachments({ ...config, linesOfBusiness: [{ ...first!, executionPolicyArns: [own] }, ...others] }),
    ).toEqual([own]);
  });
});

describe("the private API", () => {
  const resources = allResources(synthApp(config));

  const onlyThroughEndpoint = [
    {
      Effect: "Allow",
      Condition: { StringEquals: { "aws:SourceVpce": expect.stringContaining("execute-api") as unknown } },
    },
    {
      Effect: "Deny",
      Condition: { StringNotEquals: { "aws:SourceVpce": expect.stringContaining("execute-api") as unknown } },
    },
  ];

  function effects(of: typeof config, type: string): unknown[] {
    return statements(of)
      .filter(({ where }) => where.includes(`${type}.`))
      .map(({ statement: { Effect, Condition } }) => ({ Effect, Condition }));
  }

  it("denies every way in but the central endpoint, and allows that one", () => {
    expect(effects(config, "aws_api_gateway_rest_api_policy")).toEqual(onlyThroughEndpoint);
  });

  it("does so by the company's own name too", () => {
    expect(effects(withDomain(config), "aws_api_gateway_domain_name")).toEqual(onlyThroughEndpoint);
  });

  it("is private, authorized, logged without tokens, and never traced", () => {
    const one = (type: string): unknown => resources.find((resource) => resource.type === type)?.body;
    expect(one("aws_api_gateway_rest_api")).toMatchObject({ endpoint_configuration: { types: ["PRIVATE"] } });
    const methods = resources.filter(({ type }) => type === "aws_api_gateway_method");
    const api = "aws_api_gateway_rest_api.Api_RestApi_88175D59";
    expect(
      methods.map(({ body }) => [body["authorization"], body["http_method"], body["resource_id"]]),
    ).toEqual([
      // The page holds no secret.
      ["NONE", "GET", `\${${api}.root_resource_id}`],
      ["CUSTOM", "GET", expect.stringContaining("aws_api_gateway_resource.Api_User") as unknown],
    ]);
    expect(one("aws_api_gateway_method_settings")).toMatchObject({ settings: { data_trace_enabled: false } });
    expect(JSON.stringify(one("aws_api_gateway_stage"))).not.toMatch(
      /header|querystring|authorizer\.claims/i,
    );
  });

  it("lets only its own authorizer and its own two methods invoke a function", () => {
    const permissions = resources.filter(({ type }) => type === "aws_lambda_permission");
    const api = "${aws_api_gateway_rest_api.Api_RestApi_88175D59.execution_arn}";
    expect(permissions.map(({ body }) => [body["principal"], body["source_arn"]])).toEqual([
      [
        "apigateway.amazonaws.com",
        `${api}/authorizers/\${aws_api_gateway_authorizer.Api_Authorizer_8ADB22C5.id}`,
      ],
      ["apigateway.amazonaws.com", `${api}/studio/GET/`],
      ["apigateway.amazonaws.com", `${api}/studio/GET/*`],
    ]);
  });

  it("is returned to by the company's own name, by reference, and is private there", () => {
    const named = allResources(synthApp(withDomain(config)));
    const one = (type: string): unknown => named.find((resource) => resource.type === type)?.body;
    const name = "https://${aws_api_gateway_domain_name.Domain_Name_FF2CCCE5.domain_name}";
    expect(one("aws_cognito_user_pool_client")).toMatchObject({ callback_urls: [name], logout_urls: [name] });
    expect(one("aws_api_gateway_domain_name")).toMatchObject({
      endpoint_configuration: { types: ["PRIVATE"] },
      security_policy: "TLS_1_2",
    });
    const addresses = (of: typeof resources): string[] => of.map(({ address }) => address);
    expect(addresses(named).filter((address) => !addresses(resources).includes(address))).toHaveLength(5);
    expect(addresses(resources).filter((address) => !addresses(named).includes(address))).toEqual([]);
  });

  it("has no page, and no function for one, where the config has no portal", () => {
    const without = allResources(synthApp(withoutPortal(config)));
    const added = (type: string): number =>
      resources.filter((each) => each.type === type).length -
      without.filter((each) => each.type === type).length;
    expect(
      ["aws_api_gateway_method", "aws_api_gateway_integration", "aws_lambda_function", "aws_iam_role"].map(
        added,
      ),
    ).toEqual([1, 1, 1, 1]);
  });
});

describe("data at rest", () => {
  const resources = allResources(synthApp(config));

  it("is encrypted with a key of our own", () => {
    const key =
      (attribute: string) =>
      (type: string): unknown[] =>
        resources.filter((resource) => resource.type === type).map(({ body }) => body[attribute]);
    const ours = expect.stringMatching(/^\$\{aws_kms_key\.\w+Key_\w+\.arn\}$/) as unknown;
    for (const found of [
      key("kms_key_id")("aws_cloudwatch_log_group"),
      key("kms_key_arn")("aws_lambda_function"),
      key("kms_key_id")("aws_sagemaker_domain"),
      key("kms_master_key_id")("aws_sns_topic"),
      key("server_side_encryption")("aws_dynamodb_table").map(
        (value) => (value as { kms_key_arn: unknown }).kms_key_arn,
      ),
    ]) {
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(found.map(() => ours));
    }
  });

  it("is protected from a destroy where the config says retain", () => {
    const retained = allResources(synthApp({ ...config, dataRetention: "retain" }));
    const bodies = (type: string): unknown[] =>
      retained.filter((r) => r.type === type).map(({ body }) => body);
    expect(bodies("aws_dynamodb_table")).toEqual([
      expect.objectContaining({ deletion_protection_enabled: true }),
      expect.objectContaining({ deletion_protection_enabled: true }),
    ]);
    expect(bodies("aws_cognito_user_pool")).toEqual([
      expect.objectContaining({ deletion_protection: "ACTIVE" }),
    ]);
    for (const domain of bodies("aws_sagemaker_domain")) {
      expect(domain).toMatchObject({
        retention_policy: { home_efs_file_system: "Retain" },
        lifecycle: { prevent_destroy: true },
      });
    }
  });
});
