import { z } from "zod";
import { DEFAULT_PARAMETERS, RULES, type RuleParameters } from "../rules";
import type { Severity } from "../rules/rule";

const severity = z.enum(["block", "warn", "note", "off"], {
  error: 'must be "block", "warn", "note" or "off"; choose one of these',
});

const texts = z.array(z.string().min(1, "must not be empty; remove it"), {
  error: "must be a list of texts; write [ … ]",
});

const plain = { severity: severity.optional() };

/** What each rule with parameters takes besides its severity. */
const PARAMETERS: { readonly [Name in keyof RuleParameters]: z.ZodRawShape } = {
  "many-destroys": {
    atMost: z
      .int("must be a whole number; write a number such as 10")
      .min(0, "must not be negative; write 0 or more")
      .optional(),
  },
  "managed-policy": { allowed: texts.optional() },
  "code-at-plan-time": { providers: texts.optional(), dataSources: texts.optional() },
};

function ruleSchemas(): z.ZodRawShape {
  return Object.fromEntries(
    RULES.map(({ name }) => [
      name,
      z
        .strictObject({ ...plain, ...(PARAMETERS as Readonly<Record<string, z.ZodRawShape>>)[name] })
        .optional(),
    ]),
  );
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

const exception = z.strictObject({
  rule: z.enum(
    RULES.map(({ name }) => name),
    { error: `must be the name of a rule; the rules are ${RULES.map(({ name }) => name).join(", ")}` },
  ),
  address: z
    .string("is missing; write a resource's Terraform address, or a pattern with *")
    .min(1, "must not be empty; write a resource's Terraform address, or a pattern with *"),
  stack: z.string().min(1, "must not be empty; write a stack's name, or remove it").optional(),
  reason: z
    .string("is missing; say why the finding is acceptable, for a reader next year")
    .trim()
    .min(10, "must say why the finding is acceptable, in ten characters or more; write a sentence"),
  until: z
    .string("must be a date; write 2027-01-31, say")
    .refine(isDate, "must be a date; write 2027-01-31, say")
    .optional(),
});

const schema = z.strictObject({
  $schema: z.string().optional(),
  rules: z.strictObject(ruleSchemas(), { error: "must be a map of rules; write { … }" }).optional(),
  exceptions: z.array(exception, { error: "must be a list of exceptions; write [ … ]" }).optional(),
});

/** A finding that is known and accepted. */
export type Exception = z.infer<typeof exception>;

export interface ReviewSettings {
  readonly parameters: RuleParameters;
  /** The severity of each rule; `off` for a rule that does not run. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  readonly exceptions: readonly Exception[];
}

export const DEFAULT_SETTINGS: ReviewSettings = {
  parameters: DEFAULT_PARAMETERS,
  severities: {},
  exceptions: [],
};

/** One thing that is wrong with the settings. */
export interface SettingsProblem {
  /** `exceptions[1].reason`; empty for the file as a whole. */
  readonly path: string;
  /** What must hold, and after a semicolon the remedy. */
  readonly text: string;
}

export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(
    readonly file: string,
    readonly problems: readonly SettingsProblem[],
  ) {
    const lines = problems.map(({ path, text }) => `  ${path === "" ? "" : `${path}: `}${text}`);
    super(`${file} cannot be used:\n${lines.join("\n")}`);
  }
}

function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

function problemsOf(issue: z.core.$ZodIssue): readonly SettingsProblem[] {
  if (issue.code !== "unrecognized_keys") return [{ path: renderPath(issue.path), text: issue.message }];
  return issue.keys.map((key) => {
    const inRules = issue.path.length === 1 && issue.path[0] === "rules";
    const text = inRules
      ? `is not a rule; the rules are ${RULES.map(({ name }) => name).join(", ")}`
      : "is not known here; remove it";
    return { path: renderPath([...issue.path, key]), text };
  });
}

type RuleEntry = { readonly severity?: Severity | "off" } & Readonly<Record<string, unknown>>;

function withDefaults(rules: Readonly<Record<string, RuleEntry | undefined>>): RuleParameters {
  const entries = Object.entries(DEFAULT_PARAMETERS).map(([name, defaults]: [string, object]) => {
    const given = Object.entries(rules[name] ?? {}).filter(([key]) => key !== "severity");
    return [name, { ...defaults, ...Object.fromEntries(given) }];
  });
  // The schema has checked each value.
  return Object.fromEntries(entries) as RuleParameters;
}

/**
 * Reads settings, and checks the whole of them.
 *
 * @param text the file's JSON
 * @param file its name, for errors
 * @throws {SettingsError} with every problem at once
 */
export function parseSettings(text: string, file: string): ReviewSettings {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SettingsError(file, [{ path: "", text: "is not JSON; check commas and quotes" }]);
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new SettingsError(file, result.error.issues.flatMap(problemsOf));
  const rules = (result.data.rules ?? {}) as Readonly<Record<string, RuleEntry | undefined>>;
  const severities = Object.entries(rules).flatMap(([name, entry]) =>
    entry?.severity === undefined ? [] : [[name, entry.severity] as const],
  );
  return {
    parameters: withDefaults(rules),
    severities: Object.fromEntries(severities),
    exceptions: result.data.exceptions ?? [],
  };
}
