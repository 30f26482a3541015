import { AwsError } from "../../server/aws-error";

type Json = Readonly<Record<string, unknown>>;

/**
 * Elements of a trust policy's statement.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
const TRUST_ELEMENTS = new Set([
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"],
]);

/** Elements of which a trust policy's statement has one each. */
const REQUIRED = [["Effect"], ["Principal", "NotPrincipal"], ["Action", "NotAction"]] as const;

/**
 * The statements of an identity policy. moto refuses what is no policy, so that only the Sids are looked at here.
 *
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function requireIdentityGrammar(text: string): void {
  for (const statement of statementsOf(parsed(text))) requirePlainSid(statement);
}

/**
 * The statements of a trust policy. moto takes any text as one when it creates a role.
 *
 * @returns the statements
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function requireTrustGrammar(text: string): readonly Json[] {
  const document = parsed(text);
  if (!isObject(document)) throw malformed("This policy contains invalid Json");
  const unknown = Object.keys(document).find((name) => !["Version", "Id", "Statement"].includes(name));
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
  if (!("Statement" in document)) throw malformed("Missing required field Statement");
  const statements = statementsOf(document);
  if (statements.length === 0) throw malformed("Could not parse the policy: Statement is empty!");
  for (const statement of statements) requireTrustStatement(statement);
  requireUniqueSids(statements);
  return statements;
}

function requireTrustStatement(statement: Json): void {
  const names = Object.keys(statement);
  const prohibited = names.find((name) => name === "Resource" || name === "NotResource");
  if (prohibited !== undefined) throw malformed(`Has prohibited field ${prohibited}`);
  const unknown = names.find((name) => !TRUST_ELEMENTS.has(name));
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
  const missing = REQUIRED.find((either) => !either.some((name) => name in statement));
  if (missing) throw malformed(`Missing required field ${missing[0]}`);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw malformed(`Invalid effect: ${String(effect)}`);
  requirePlainSid(statement);
}

function requirePlainSid({ Sid }: Json): void {
  if (typeof Sid !== "string" || /^[0-9A-Za-z]*$/.test(Sid)) return;
  throw malformed(
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
  );
}

function requireUniqueSids(statements: readonly Json[]): void {
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  if (new Set(sids).size < sids.length)
    throw malformed("Statement IDs (SID) in a single policy must be unique.");
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function statementsOf(document: unknown): readonly Json[] {
  if (!isObject(document)) return [];
  const { Statement } = document;
  return (Array.isArray(Statement) ? (Statement as readonly unknown[]) : [Statement]).filter(isObject);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}
