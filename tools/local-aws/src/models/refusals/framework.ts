import { AwsError } from "../../server/aws-error";
import type { Constraint, Step, Violation } from "../constraint";
import { textOf, type Refusal, type RefusedCall } from "./refusal";

export interface FrameworkOptions {
  /** The service's code for a value that violates a constraint. */
  readonly code: string;
  /** The code for a value of the wrong type, and for a body that is not of the protocol's format. */
  readonly malformed: string;
  /** What the path of a member begins with. */
  readonly prefix?: (call: RefusedCall) => string;
}

/** The refusal of the framework that most of AWS's services are built with: all violations in one message. */
export function frameworkRefusal({ code, malformed, prefix = () => "" }: FrameworkOptions): Refusal {
  return (violations, call) => {
    const wrong = violations.find(({ constraint }) => constraint.kind === "type");
    // A body with a wrong type is refused before its values are checked.
    if (wrong?.constraint.kind === "type") return new AwsError(malformed, wrong.constraint.words);
    const details = violations.map((violation) => detailOf(violation, prefix(call)));
    const errors = details.length === 1 ? "error" : "errors";
    return new AwsError(code, `${details.length} validation ${errors} detected: ${details.join("; ")}`);
  };
}

function detailOf({ path, constraint, value, sensitive }: Violation, prefix: string): string {
  const last = path.at(-1);
  const entry = typeof last === "string" ? undefined : last;
  const at = prefix + pathText(entry === undefined ? path : path.slice(0, -1));
  const words = constraintWords(constraint);
  if (entry === undefined) {
    const text = textOf(value ?? null);
    const shown = sensitive ? "" : value === undefined ? " null" : ` '${text}'`;
    return `Value${shown} at '${at}' failed to satisfy constraint: ${words}`;
  }
  // A constraint of the entries of a list or a map is told as one of the whole.
  const shown = sensitive ? "" : ` '[${textOf(value)}]'`;
  const whose = typeof entry === "number" ? "Member" : entry.map === "key" ? "Map keys" : "Map value";
  return `Value${shown} at '${at}' failed to satisfy constraint: ${whose} must satisfy constraint: [${words}]`;
}

/** `tags.1.member.key`: names begin with a lower case letter. */
function pathText(path: readonly Step[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `${step}.member`;
    return typeof step === "string" ? uncapitalized(step) : step.map;
  });
  return steps.join(".");
}

export function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function constraintWords(constraint: Constraint): string {
  switch (constraint.kind) {
    case "required":
      return "Member must not be null";
    case "enum":
      return `Member must satisfy enum value set: [${constraint.values.join(", ")}]`;
    case "pattern":
      return `Member must satisfy regular expression pattern: ${constraint.pattern}`;
    case "min-length":
      return `Member must have length greater than or equal to ${constraint.limit}`;
    case "max-length":
      return `Member must have length less than or equal to ${constraint.limit}`;
    case "min-value":
      return `Member must have value greater than or equal to ${constraint.limit}`;
    case "max-value":
      return `Member must have value less than or equal to ${constraint.limit}`;
    case "type":
      return constraint.words;
    case "unknown":
      return "Member must be known";
  }
}
