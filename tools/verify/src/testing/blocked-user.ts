import type { Config } from "@studio-access/config";

import { all, of, policy, type Change, type StatementJson } from "./mutations/mutation";
import { sampleConfig } from "./sample";
import { row } from "./user-groups";

const USER = "user-lob-a";

/** The sample's config, with a user of the first line of business blocked. */
export const blockedConfig: Config = {
  ...sampleConfig,
  linesOfBusiness: sampleConfig.linesOfBusiness.map((lob) =>
    lob.name === "lob-a" ? { ...lob, blockedUsers: [USER] } : lob,
  ),
};

/** What is deployed for a block, each part by what it is: as stacks/lob has it. */
export const BLOCK: Readonly<Record<string, Change>> = {
  "the access role's Deny": (state) => {
    const domain = of(state, ["lob-a", "aws_sagemaker_domain"], "arn");
    return denying("AccessRole", {
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: [`${domain.replace(":domain/", ":user-profile/")}/${USER}`],
    })(state);
  },
  "the apps' Deny by source identity": denyingApps("aws:SourceIdentity"),
  "the apps' Deny by SageMaker's own key": denyingApps("sagemaker:UserProfileName"),
  "the row's mark": row(["lob-a", "aws_dynamodb_table_item", "Directory_User-"], { BLOCKED: "true" }),
};

/** The sample's state with a block, but for one part of it. */
export function blocked(without?: string): Change {
  return all(...Object.entries(BLOCK).flatMap(([part, change]) => (part === without ? [] : [change])));
}

function denyingApps(key: string): Change {
  return denying("ExecutionRole", {
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { [key]: [USER] } },
  });
}

function denying(part: string, statement: Partial<StatementJson>): Change {
  return policy(["lob-a", "aws_iam_role_policy", part], "policy", (statements) => [
    ...statements,
    { Effect: "Deny", ...statement },
  ]);
}
