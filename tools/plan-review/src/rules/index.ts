import { ALLOW_LIST } from "@studio-access/ci/allow-list";
import { accountMismatch } from "./account-mismatch";
import { adoptedOrLeft } from "./adopted-or-left";
import { apiDoor } from "./api-door";
import { codeAtPlanTime, type CodeAtPlanTimeParameters } from "./code-at-plan-time";
import { dataLoss } from "./data-loss";
import { escalation } from "./escalation";
import { foreignPrincipal } from "./foreign-principal";
import { foreignStack } from "./foreign-stack";
import { functionCode } from "./function-code";
import { groupAccess } from "./group-access";
import { managedPolicy, type ManagedPolicyParameters } from "./managed-policy";
import { manyDestroys, type ManyDestroysParameters } from "./many-destroys";
import { networkCut } from "./network-cut";
import { openToWorld } from "./open-to-world";
import { otherGrant } from "./other-grant";
import { people } from "./people";
import { policyWider } from "./policy-wider";
import { presignWithoutEndpoint } from "./presign-without-endpoint";
import { protectionLowered } from "./protection-lowered";
import { ramPrincipal } from "./ram-principal";
import type { Rule } from "./rule";
import { spokeToSpoke } from "./spoke-to-spoke";

/** The parameters of each rule that has some. */
export interface RuleParameters {
  readonly "many-destroys": ManyDestroysParameters;
  readonly "managed-policy": ManagedPolicyParameters;
  readonly "code-at-plan-time": CodeAtPlanTimeParameters;
}

export const DEFAULT_PARAMETERS: RuleParameters = {
  "many-destroys": { atMost: 10 },
  "managed-policy": { allowed: [] },
  "code-at-plan-time": { providers: ALLOW_LIST.providers, dataSources: ALLOW_LIST.dataSources },
};

export function rulesWith(parameters: RuleParameters): readonly Rule[] {
  return [
    codeAtPlanTime(parameters["code-at-plan-time"]),
    accountMismatch,
    policyWider,
    foreignPrincipal,
    presignWithoutEndpoint,
    escalation,
    managedPolicy(parameters["managed-policy"]),
    otherGrant,
    apiDoor,
    openToWorld,
    spokeToSpoke,
    ramPrincipal,
    foreignStack,
    dataLoss,
    networkCut,
    manyDestroys(parameters["many-destroys"]),
    protectionLowered,
    functionCode,
    adoptedOrLeft,
    groupAccess,
    people,
  ];
}

/** Every rule, in the order of their findings within one severity. */
export const RULES: readonly Rule[] = rulesWith(DEFAULT_PARAMETERS);
