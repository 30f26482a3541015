import { PRESIGN_ENVIRONMENT } from "@studio-access/shared-types";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";

import {
  ACCESS_ROLE,
  hasGroups,
  PRESIGN_ROLE,
  PROFILE_MAKER_ROLE,
  type Config,
  type Names,
} from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { NodeFunction } from "../constructs/node-function";
import type { Statement } from "../constructs/policy-document";
import type { PrivateVpc } from "../constructs/private-vpc";
import type { DirectoryTables } from "./directory-tables";
import { SMOKE_FUNCTION, SmokeFunction } from "./smoke-function";

export interface PresignFunctionProps extends EncryptedContext {
  readonly vpc: PrivateVpc;
  readonly tables: DirectoryTables;
  /** Prefix list of DynamoDB, which is reached through its gateway endpoint. */
  readonly dynamodbPrefixListId: string;
}

/** The function that makes Studio URLs: inside the access VPC, from which it reaches nothing but the endpoints. */
export class PresignFunction extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, props: PresignFunctionProps) {
    super(scope, id);
    const { config, names, vpc, tables } = props;
    const environment = {
      [PRESIGN_ENVIRONMENT.usersTable]: tables.users.name,
      [PRESIGN_ENVIRONMENT.lobsTable]: tables.lobs.name,
      ...(tables.groups === undefined ? {} : { [PRESIGN_ENVIRONMENT.groupsTable]: tables.groups.name }),
      [PRESIGN_ENVIRONMENT.urlExpiresSeconds]: String(config.studio.urlExpiresSeconds),
      [PRESIGN_ENVIRONMENT.sessionExpiresSeconds]: String(config.studio.sessionExpiresSeconds),
    };
    const vpcConfig = { subnetIds: vpc.privateSubnetIds, securityGroupIds: [this.#securityGroup(props)] };
    this.function = new NodeFunction(this, "Presign", {
      ...props,
      name: PRESIGN_ROLE,
      description: "Studio Access: makes a short-lived Studio URL for the authorized user",
      zip: "packages/lambda-presign/dist/function.zip",
      timeoutSeconds: 10,
      environment,
      vpcConfig,
      statements: [
        ...networkInterfaceStatements(config, names),
        ...tables.reads("ReadDirectory"),
        assumeRolesOfLobs(config, names),
      ],
    });
    if (config.smokeTest === true) {
      new SmokeFunction(this, "Smoke", { ...props, presign: this.function, environment, vpcConfig });
    }
  }

  #securityGroup({ provider, config, names, vpc, dynamodbPrefixListId }: PresignFunctionProps): string {
    const name = names.of(PRESIGN_ROLE);
    const group = new SecurityGroup(this, "SecurityGroup", {
      provider,
      vpcId: vpc.id,
      // A prefix, not a name: Terraform creates the API's new deployment, and everything that it depends on, before it
      // destroys the old one. EC2 would refuse a second group of the same name.
      namePrefix: `${name}-`,
      description: "Presign function: TLS to the central endpoints and to DynamoDB",
      tags: { Name: name },
    });
    const tls = { provider, securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new VpcSecurityGroupEgressRule(this, "TlsToHub", {
      ...tls,
      cidrIpv4: config.network.hubCidr,
      description: "TLS to the central endpoints",
    });
    new VpcSecurityGroupEgressRule(this, "TlsToDynamodb", {
      ...tls,
      prefixListId: dynamodbPrefixListId,
      description: "TLS to DynamoDB through its gateway endpoint",
    });
    return group.id;
  }
}

/**
 * What Lambda needs to place the function in the VPC, and a Deny that keeps the function's own code from using it.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function networkInterfaceStatements(config: Config, names: Names): readonly Statement[] {
  const actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ];
  const arnOf = (name: string): string =>
    `arn:aws:lambda:${config.region}:${config.sharedServices.id}:function:${names.of(name)}`;
  const functions = config.smokeTest === true ? [PRESIGN_ROLE, SMOKE_FUNCTION] : [PRESIGN_ROLE];
  return [
    { Sid: "LambdaPlacesFunctionInVpc", Effect: "Allow", Action: actions, Resource: "*" },
    {
      Sid: "FunctionItselfDoesNot",
      Effect: "Deny",
      Action: actions,
      Resource: "*",
      Condition: { ArnEquals: { "lambda:SourceFunctionArn": functions.map(arnOf) } },
    },
  ];
}

/**
 * The access roles, and where groups give access the roles that make profiles. In an Organization one pattern covers
 * every role of a kind, however many there are; elsewhere each is named.
 */
function assumeRolesOfLobs(config: Config, names: Names): Statement {
  const { organizationId, linesOfBusiness } = config;
  const statement = {
    Sid: "AssumeAccessRoles",
    Effect: "Allow",
    Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
  } as const;
  const withGroups = linesOfBusiness.filter(hasGroups);
  if (organizationId === null) {
    const arns = (lobs: typeof linesOfBusiness, role: string): readonly string[] =>
      lobs.map(({ name, account }) => names.roleArn(account.id, name, role));
    return {
      ...statement,
      Resource: [...arns(linesOfBusiness, ACCESS_ROLE), ...arns(withGroups, PROFILE_MAKER_ROLE)],
    };
  }
  const pattern = (role: string): string => names.roleArn("*", "lob-*", role);
  return {
    ...statement,
    Resource:
      withGroups.length === 0 ? pattern(ACCESS_ROLE) : [pattern(ACCESS_ROLE), pattern(PROFILE_MAKER_ROLE)],
    Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
  };
}
