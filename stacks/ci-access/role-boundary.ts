import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type IAspect } from "cdktf";
import { Construct, type IConstruct } from "constructs";

import { boundaryArn, boundaryName, ciPath, planKeyName, type Config } from "@studio-access/config";
import { policyDocument, type Statement } from "../constructs/policy-document";
import type { CiAccountContext } from "./ci-account-context";

/**
 * The most that a role made by a workflow can ever do, whatever policy it is given. Without it, whoever may make a role
 * and hand it to a function may become anything in the account.
 *
 * It allows what a LOB's own notebook policies may need, and denies actions with which the role could escape the
 * boundary.
 */
export class RoleBoundary extends Construct {
  constructor(scope: Construct, id: string, { provider, config, accountId }: CiAccountContext) {
    super(scope, id);
    const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
    new IamPolicy(this, "Policy", {
      provider,
      name: boundaryName(config),
      path: ciPath(config),
      description: "Studio Access: the most that any role made by a workflow can do",
      policy: policyDocument(
        { Sid: "WhatItsPoliciesAllow", Effect: "Allow", Action: "*", Resource: "*" },
        {
          Sid: "NoIdentities",
          Effect: "Deny",
          Action: IDENTITY_CHANGES,
          Resource: "*",
        },
        { Sid: "NoOrganization", Effect: "Deny", Action: ["account:*", "organizations:*"], Resource: "*" },
        {
          Sid: "NotAsWorkflow",
          Effect: "Deny",
          Action: ["iam:PassRole", "sts:AssumeRole"],
          Resource: iam(`role${ciPath(config)}*`),
        },
        ...stateRefusals(config),
      ),
    });
  }
}

/** Actions that create an identity, give it permissions or let somebody act as it. */
const IDENTITY_CHANGES = [
  "Add",
  "Attach",
  "Create",
  "Delete",
  "Detach",
  "Put",
  "Remove",
  "Set",
  "Update",
  "Upload",
].map((verb) => `iam:${verb}*`);

/** The state holds secrets of every stack, and decides which resources Terraform manages. */
function stateRefusals(config: Config): readonly Statement[] {
  if (config.state.backend !== "s3") return [];
  const bucket = `arn:aws:s3:::${config.state.bucket}`;
  return [
    { Sid: "NoState", Effect: "Deny", Action: "s3:*", Resource: [bucket, `${bucket}/*`] },
    {
      Sid: "NoPlans",
      Effect: "Deny",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${planKeyName(config)}` } },
    },
  ];
}

/** Gives every role of the stacks that workflows deploy the boundary of its account. */
export class BoundRoles implements IAspect {
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  visit(node: IConstruct): void {
    if (!(node instanceof IamRole)) return;
    const accountId = accountOf(node);
    node.permissionsBoundary = boundaryArn(this.#config, accountId);
  }
}

/** The account of a resource: the only one that its provider allows. */
function accountOf({ node, provider }: IamRole): string {
  const allowed = (provider as { readonly allowedAccountIds?: readonly string[] } | undefined)
    ?.allowedAccountIds;
  const [accountId] = allowed ?? [];
  if (accountId === undefined) throw new Error(`${node.path} names no provider of an account`);
  return accountId;
}
