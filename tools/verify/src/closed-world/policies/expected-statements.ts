import { isRecord } from "@studio-access/terraform";

/** A policy's statement as JSON. Its `Sid` does not count. */
export type Statement = Readonly<Record<string, unknown>>;

/** The statements that a policy must have, in any order. */
export class Statements {
  readonly expected: readonly Statement[];

  constructor(expected: readonly Statement[]) {
    this.expected = expected;
  }

  /** @returns what is wrong with a policy's text; undefined if nothing */
  problemOf(json: unknown): string | undefined {
    const found = statementsIn(json);
    if (found === undefined) return "no policy in JSON";
    const expected = new Map(this.expected.map((statement) => [canonicalJson(statement), statement]));
    const extra = found.filter((statement) => !expected.delete(canonicalJson(statement)));
    const missing = [...expected.values()];
    const words = [
      ...extra.map((statement) => `has the statement ${describe(statement)}, which the table does not know`),
      ...missing.map((statement) => `lacks the statement ${describe(statement)}`),
    ];
    return words.length === 0 ? undefined : words.join("; ");
  }
}

/** A policy of which the matrices alone judge what it allows. */
export const JUDGED_BY_MATRICES = Symbol("judged by the matrices");

function statementsIn(json: unknown): readonly Statement[] | undefined {
  try {
    const document: unknown = typeof json === "string" ? JSON.parse(json) : undefined;
    if (!isRecord(document)) return undefined;
    const all = [document["Statement"]].flat();
    return all.every(isRecord) ? all : undefined;
  } catch {
    return undefined;
  }
}

/** One text for all spellings of the same statement: a list of one is its only value, and order does not count. */
function canonicalJson(statement: Statement): string {
  return JSON.stringify(statement, (key, value: unknown) => {
    if (key === "Sid") return undefined;
    if (Array.isArray(value))
      return value.length === 1 ? (value[0] as unknown) : [...(value as string[])].sort();
    return isRecord(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
  });
}

function describe(statement: Statement): string {
  const { Sid: sid, Effect: effect, Action: action, NotAction: not } = statement;
  const actions = [action ?? not].flat().map(String);
  const [first = "", ...more] = actions;
  const what = `${String(effect)} ${not === undefined ? "" : "all but "}${first}${more.length > 0 ? " …" : ""}`;
  return typeof sid === "string" ? `${sid} (${what})` : what;
}
