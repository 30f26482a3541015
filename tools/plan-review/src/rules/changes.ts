import type { Attributes, ChangeKind, ResourceChange, StackPlan } from "../model";
import type { Finding, RuleContext, Severity } from "./rule";

/** Resources (not data sources) of all stacks with one of these kinds of change, in the order of the stacks. */
export function changesOf(context: RuleContext, ...kinds: readonly ChangeKind[]): readonly ResourceChange[] {
  return context.stacks
    .flatMap(({ resources }) => resources)
    .filter(({ mode, kind }) => mode === "managed" && kinds.includes(kind));
}

/** Resources that an apply would make or alter. */
export function written(context: RuleContext): readonly ResourceChange[] {
  return changesOf(context, "create", "update", "replace");
}

/** An attribute as it will be, or undefined; of a resource that goes away, as it was. */
export function attribute({ before, after }: ResourceChange, name: string): unknown {
  return (after ?? before)?.[name];
}

export function textOf(attributes: Attributes | null, name: string): string | undefined {
  const value = attributes?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether the value of an attribute, or a part of it, is known only after the apply. */
export function isUnknown({ afterUnknown }: ResourceChange, name: string): boolean {
  if (typeof afterUnknown === "boolean") return afterUnknown;
  const marks = Array.isArray(afterUnknown)
    ? undefined
    : Object.entries(afterUnknown).find(([key]) => key === name);
  return marks !== undefined && JSON.stringify(marks[1]).includes("true");
}

type About = Pick<ResourceChange, "stack" | "address" | "constructPath">;

/** The texts of a finding, without the resource that it names. */
export type FindingText = Pick<Finding, "message"> & Partial<Pick<Finding, "details" | "remedy">>;

export function findingOf(rule: string, severity: Severity, about: About, text: FindingText): Finding {
  const { stack, address, constructPath } = about;
  return {
    rule,
    severity,
    stack,
    address,
    ...(constructPath === undefined ? {} : { constructPath }),
    ...text,
  };
}

/** A finding about a stack as a whole. */
export function stackFinding(
  rule: string,
  severity: Severity,
  { stack }: StackPlan,
  text: FindingText,
): Finding {
  return { rule, severity, stack, ...text };
}

/** Whether a stack is a line of business, by the config. */
export function isLob(context: RuleContext, stack: string): boolean {
  return context.config.linesOfBusiness.some(({ name }) => name === stack);
}

/** At most so many of a list, and how many more there are. */
export function some(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `and ${lines.length - most} more`];
}
