export type WorkflowRole = "plan" | "apply";

/** ARN of a role that the stacks `ci-access…` make; lib/config/src/names/ci-names.ts says the same. */
export function workflowRoleArn(environment: string, accountId: string, role: WorkflowRole): string {
  return `arn:aws:iam::${accountId}:role/studio-access-ci/${environment}/studio-access-${environment}-ci-${role}`;
}
