/** The statements of a policy's text; undefined when it is no JSON object, or has no statements. */
export function statementsOf(text: string): readonly object[] | undefined {
  const document = objectOf(text);
  const statement: unknown = document && "Statement" in document ? document.Statement : undefined;
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  return statements.every(isObject) ? statements : undefined;
}

function objectOf(text: string): object | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
