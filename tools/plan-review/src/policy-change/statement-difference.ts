import { plainStatements, type PlainStatement } from "./statement-fields";

/** One field that differs between two versions of a statement, with the values that only one of them has. */
interface FieldDifference {
  /** `Effect`, or a key of {@link PlainStatement.fields}. */
  readonly field: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** One statement before and after. */
interface ChangedStatement {
  readonly before: PlainStatement;
  readonly after: PlainStatement;
  /** At least one; sorted by field. */
  readonly fields: readonly FieldDifference[];
}

/** What is different between two policy documents, statement by statement. */
export interface StatementDifference {
  readonly added: readonly PlainStatement[];
  readonly removed: readonly PlainStatement[];
  readonly changed: readonly ChangedStatement[];
  /** How many statements are in both; their Sid, order and spelling do not matter. */
  readonly unchanged: number;
}

interface Pair {
  readonly before: PlainStatement;
  readonly after: PlainStatement;
}

function allFields({ effect, fields }: PlainStatement): Readonly<Record<string, readonly string[]>> {
  return { Effect: [effect], ...fields };
}

function without(values: readonly string[], others: readonly string[]): readonly string[] {
  return values.filter((value) => !others.includes(value));
}

function fieldDifferences({ before, after }: Pair): readonly FieldDifference[] {
  const [old, now] = [allFields(before), allFields(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return names
    .map((field) => {
      const [was, is] = [old[field] ?? [], now[field] ?? []];
      return { field, added: without(is, was), removed: without(was, is) };
    })
    .filter(({ added, removed }) => added.length + removed.length > 0);
}

function content({ effect, fields }: PlainStatement): string {
  return JSON.stringify([effect, fields]);
}

/** Share of the fields' values that both have, 0 to 1. */
function likeness(before: PlainStatement, after: PlainStatement): number {
  const flat = (statement: PlainStatement): readonly string[] =>
    Object.entries(allFields(statement)).flatMap(([field, values]) =>
      values.map((value) => `${field} ${value}`),
    );
  const [old, now] = [flat(before), flat(after)];
  const shared = now.length - without(now, old).length;
  return shared / (old.length + now.length - shared);
}

type Matches = (before: PlainStatement, after: PlainStatement) => boolean;

/** Removes matching pairs from both lists; the first match counts. */
function takePairs(before: PlainStatement[], after: PlainStatement[], matches: Matches): Pair[] {
  const pairs: Pair[] = [];
  for (const old of [...before]) {
    const now = after.find((candidate) => matches(old, candidate));
    if (now === undefined) continue;
    pairs.push({ before: old, after: now });
    before.splice(before.indexOf(old), 1);
    after.splice(after.indexOf(now), 1);
  }
  return pairs;
}

// Below this similarity, two statements read better as one that was removed and one that was added.
const ALIKE = 0.4;

/**
 * The difference of two policy documents for a reader: which statements were added, removed and changed, and in which
 * fields. Two statements are paired when they are equal, otherwise when they have the same Sid, otherwise when they are
 * similar.
 *
 * @param before the document as JSON text or parsed; null, undefined or empty: there was none
 * @returns undefined when one of them is not a policy document
 */
export function statementDifference(before: unknown, after: unknown): StatementDifference | undefined {
  const [old, now] = [plainStatements(before), plainStatements(after)];
  if (old === undefined || now === undefined) return undefined;
  const [removed, added] = [[...old], [...now]];
  const same = takePairs(removed, added, (a, b) => content(a) === content(b));
  const bySid = takePairs(removed, added, (a, b) => a.sid !== undefined && a.sid === b.sid);
  const alike = takePairs(removed, added, (a, b) => likeness(a, b) >= ALIKE);
  const changed = [...bySid, ...alike].map((pair) => ({ ...pair, fields: fieldDifferences(pair) }));
  return { added, removed, changed, unchanged: same.length };
}
