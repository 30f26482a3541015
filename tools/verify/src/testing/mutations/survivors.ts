import type { GeneratedChange } from "./generator";

/** Why a change that turns no cell red does no harm. */
interface Excuse {
  readonly reason: string;
  readonly covers: (change: GeneratedChange) => boolean;
}

/** The rules by which a surviving change is explained, the first that covers it. A survivor that none covers is a fault. */
const EXCUSES: readonly Excuse[] = [
  {
    reason: "AWS itself says who owns a resource: a state without it was written by an older provider",
    covers: ({ kind, path }) => kind === "remove the value" && path === "owner_id",
  },
  {
    reason: "after a refresh it repeats a resource of its own, which the change leaves as it is",
    covers: ({ type, path = "", kind }) =>
      (kind === "remove the value" || kind === "switch" || kind === "take another resource's value") &&
      ((type === "aws_security_group" && /^(?:in|e)gress\b/.test(path)) ||
        (type === "aws_route_table" && path.startsWith("route.")) ||
        (type === "aws_iam_role" && /^(?:inline_policy\.name|managed_policy_arns)$/.test(path))),
  },
  {
    reason: "the user pool assigns the only attribute that its users have, their sub, and nothing reads it",
    covers: ({ type, path, kind }) =>
      type === "aws_cognito_user" &&
      path === "attributes" &&
      (kind === "remove the value" || kind === "take another resource's value"),
  },
];

/** @returns undefined where nothing explains that the change survives */
export function excuseFor(change: GeneratedChange): string | undefined {
  return EXCUSES.find(({ covers }) => covers(change))?.reason;
}
