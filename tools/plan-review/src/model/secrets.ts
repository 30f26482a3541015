import { leavesOf, markedLeaves, readMarks } from "./marks";
import type { ChangeJson, PlanJson, StateResourceJson } from "@studio-access/terraform";
import type { Attributes } from "./resource-change";
import type { Secret } from "./stack-plan";

/**
 * Attributes that hold a secret whether or not the provider marks them: `aws_secretsmanager_random_password` does not
 * mark the password that it makes.
 */
const SECRET_NAME = /(?:^|_)(?:password|passwd|secret|token|private_key|secret_string|secret_key)$/;

/** Every value of a plan that must not be shown. */
export function secretsOf(
  plan: PlanJson,
  read: readonly StateResourceJson[],
  foreignOutputs: Readonly<Record<string, Attributes>>,
): readonly Secret[] {
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(
    ({ change }) => change,
  );
  const outputs = Object.entries(plan.output_changes ?? {});
  const labels = new Map<string, string>();
  // The first label of a value is kept. Outputs of other stacks come first, since their labels say most.
  const add = (label: string, values: readonly string[]): void => {
    for (const value of values) if (!labels.has(value)) labels.set(value, label);
  };
  for (const [stack, values] of Object.entries(foreignOutputs))
    for (const [name, value] of byNaming(Object.entries(values)))
      for (const [key, leaf] of leavesOf(value))
        add(`${stack} ${readableName(name)}${key === "" ? "" : `.${key}`}`, [leaf]);
  for (const [name, change] of outputs) add(readableName(name), markedIn(change));
  for (const change of changes) add("sensitive", [...markedIn(change), ...secretlyNamed(change)]);
  for (const { values, sensitive_values: marks } of read)
    add("sensitive", [...markedLeaves(values, readMarks(marks)), ...namedLeaves(values)]);
  return [...labels].map(([value, label]) => ({ value, label }));
}

/** `Hub_TransitGateway.id` of `cross-stack-output-aws_ec2_transit_gatewayHub_TransitGateway_8E0236DFid`. */
export function readableName(output: string): string {
  const parts = /^cross-stack-output-[a-z0-9_]*?([A-Z].*)_[0-9A-F]{8}(\w+)$/.exec(output);
  return parts === null ? output : `${parts[1] ?? ""}.${parts[2] ?? ""}`;
}

/**
 * Sorts the names that cdktf generated last: where two outputs have the same value, the name that a person chose says
 * more.
 */
function byNaming(outputs: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  const isGenerated = ([name]: readonly [string, unknown]): boolean => name.startsWith("cross-stack-output-");
  return [...outputs.filter((output) => !isGenerated(output)), ...outputs.filter(isGenerated)];
}

function markedIn(change: ChangeJson): readonly string[] {
  return [
    ...markedLeaves(change.before, readMarks(change.before_sensitive)),
    ...markedLeaves(change.after, readMarks(change.after_sensitive)),
  ];
}

function secretlyNamed({ before, after }: ChangeJson): readonly string[] {
  return [...namedLeaves(before), ...namedLeaves(after)];
}

function namedLeaves(value: unknown): readonly string[] {
  return leavesOf(value).flatMap(([name, leaf]) => (hasSecretName(name) ? [leaf] : []));
}

export function hasSecretName(attribute: string): boolean {
  return SECRET_NAME.test(attribute);
}
