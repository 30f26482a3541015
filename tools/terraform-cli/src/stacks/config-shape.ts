import { z } from "zod";

import type { DeployedConfig } from "./deployed-config";

/** One thing that is wrong with a config, and the way out. */
export interface ConfigProblem {
  /** Path and value, such as `linesOfBusiness[0].account.id = 222222222222`, or line and column; empty for the file as a whole. */
  readonly where: string;
  /** What must hold there. */
  readonly rule: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Of a choice zod says only that none fits: its error says what would. */
const CREDENTIALS = z.union([z.object({ profile: z.string() }), z.object({ assumeRole: z.string() })], {
  error: '{ "profile": "NAME" } or { "assumeRole": "arn:aws:iam::ACCOUNT:role/NAME" }',
});

const ACCOUNT = z.object({ id: z.string(), credentials: CREDENTIALS });

/** Types alone, no rules: a config that breaks rules is left to synth, which lists every problem that it has. */
const SHAPE: z.ZodType<DeployedConfig> = z.object({
  environment: z.string(),
  region: z.string(),
  organizationId: z.union([z.string(), z.null()], {
    error: "an Organization's id in double quotes, or null",
  }),
  state: z.discriminatedUnion(
    "backend",
    [
      z.object({ backend: z.literal("local"), directory: z.string() }),
      z.object({ backend: z.literal("s3") }),
    ],
    { error: '"local" or "s3"' },
  ),
  sharedServices: ACCOUNT,
  studio: z.object({ urlExpiresSeconds: z.number() }),
  identity: z.object({ provider: z.string() }),
  linesOfBusiness: z.array(
    z.object({
      name: z.string(),
      account: ACCOUNT,
      cidr: z.string(),
      domainName: z.string(),
      users: z.array(z.string()),
    }),
  ),
  onPremise: z.exactOptional(z.object({}).nullable()),
});

/** What is missing in a config, or of another type than {@link DeployedConfig} says. Other parts of it may be anything. */
export function shapeProblems(config: unknown): readonly ConfigProblem[] {
  const issues = SHAPE.safeParse(config).error?.issues ?? [];
  return issues.map((issue) => problemOf(issue, valueAt(config, issue.path)));
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): ConfigProblem {
  const path = z.core.toDotPath(issue.path);
  const isOfType = issue.code === "invalid_type";
  const wanted = isOfType ? words(issue.expected) : issue.message;
  if (value === undefined)
    return { where: `${path} = (missing)`, rule: "required", remedy: `add it: ${wanted}` };
  return {
    where: [path, shown(value)].filter((part) => part !== "").join(" = "),
    rule: isOfType ? `must be ${wanted}, is ${words(z.core.util.parsedType(value))}` : `must be ${wanted}`,
    remedy: isOfType ? remedyOf(issue.expected, value) : "write one of these",
  };
}

/** Numbers and the like only: a text or an object in a place where none belongs may be a secret. */
function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function remedyOf(expected: string, value: unknown): string {
  if (expected === "string" && shown(value) !== "") return "put it in double quotes";
  if (expected === "number" && typeof value === "string") return "remove the quotes";
  return "write a value of that type";
}

/** Zod's names of types, for people. */
function words(type: string): string {
  if (type === "null") return type;
  if (type === "array") return "a list";
  return `${type === "object" ? "an" : "a"} ${type}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  const step = (value: unknown, key: PropertyKey): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return path.reduce(step, root);
}
