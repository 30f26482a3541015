/**
 * A statement as lists by field, so that two spellings of the same thing are equal. The key is the element's name; of
 * the Principal element `Principal AWS`, of the Condition element `Condition StringEquals aws:SourceVpce`.
 */
type StatementFields = Readonly<Record<string, readonly string[]>>;

/** A statement in normal form: one-element lists and strings are alike, and the order of lists is gone. */
export interface PlainStatement {
  /** `Sid "OurPrincipalsOnly"`, or `statement 2` (from 1) where it has none. */
  readonly label: string;
  readonly sid: string | undefined;
  readonly effect: string;
  /** Everything but Sid and Effect. Values sorted, without repetition. */
  readonly fields: StatementFields;
}

type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function values(value: unknown): readonly string[] {
  return [...new Set(listOf(value).map(text))].sort();
}

function conditionFields(value: unknown): [string, readonly string[]][] {
  if (!isObject(value)) return [["Condition", values(value)]];
  return Object.entries(value).flatMap(([operator, keys]): [string, readonly string[]][] => {
    if (!isObject(keys)) return [[`Condition ${operator}`, values(keys)]];
    return Object.entries(keys).map(([key, wanted]) => [`Condition ${operator} ${key}`, values(wanted)]);
  });
}

function fieldsOf(element: string, value: unknown): [string, readonly string[]][] {
  if (element === "Condition") return conditionFields(value);
  const ofPrincipals = element === "Principal" || element === "NotPrincipal";
  if (!ofPrincipals || !isObject(value)) return [[element, values(value)]];
  return Object.entries(value).map(([type, names]) => [`${element} ${type}`, values(names)]);
}

function plain(statement: JsonObject, index: number): PlainStatement {
  const { Sid: sid, Effect: effect, ...rest } = statement;
  const fields = Object.entries(rest).flatMap(([element, value]) => fieldsOf(element, value));
  return {
    label: typeof sid === "string" && sid !== "" ? `Sid "${sid}"` : `statement ${index + 1}`,
    sid: typeof sid === "string" && sid !== "" ? sid : undefined,
    effect: text(effect),
    fields: Object.fromEntries(fields.sort(([a], [b]) => a.localeCompare(b))),
  };
}

/** The value of a policy attribute: its JSON text parsed, anything else as it is. */
export function policyValue(source: unknown): unknown {
  if (typeof source !== "string") return source;
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return source;
  }
}

/**
 * The statements of a policy document, given as JSON text or parsed. No document (null, undefined, empty text) has none.
 *
 * @returns undefined when it is not a policy document
 */
export function plainStatements(source: unknown): readonly PlainStatement[] | undefined {
  if (source === undefined || source === null || source === "") return [];
  const document = policyValue(source);
  if (!isObject(document) || !("Statement" in document)) return undefined;
  const statements = listOf(document["Statement"]);
  return statements.every(isObject) ? statements.map(plain) : undefined;
}
