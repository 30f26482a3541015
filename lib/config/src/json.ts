import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { renderPath, type Path } from "./path";
import type { Problem } from "./problem";

export type JsonResult = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/**
 * The value of a JSON text; else every syntax error and every repeated key, each with its line and column.
 *
 * JSON.parse would silently keep the last of two equal keys, so a second `users` list would replace the first. The text
 * itself is never repeated in a problem.
 */
export function parseJson(text: string): JsonResult {
  // Some editors begin a file with a byte order mark, which JSON does not allow.
  const json = text.replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = [
    ...firstPerLine(json, errors).map((error) => syntaxProblem(json, error)),
    ...(tree ? repeatedKeys(tree, []).map(({ key, path }) => repeatedKeyProblem(json, key, path)) : []),
  ];
  return problems.length > 0 ? { problems } : { value: JSON.parse(json) };
}

/** The parser continues after an error and may report it again, so further errors in the same line are left out. */
function firstPerLine(json: string, errors: readonly ParseError[]): ParseError[] {
  const lines = new Set<number>();
  return errors.filter(({ offset }) => {
    const line = json.slice(0, offset).split("\n").length;
    return !lines.has(line) && lines.add(line);
  });
}

function syntaxProblem(json: string, { error, offset }: ParseError): Problem {
  return {
    path: position(json, offset),
    value: "",
    rule: `the file must be JSON; here: ${words(printParseErrorCode(error))}`,
    remedy: "mend the syntax; JSON takes no comments (use $comment) and no comma after the last entry",
  };
}

function repeatedKeyProblem(json: string, key: Node, path: Path): Problem {
  return {
    path: `${position(json, key.offset)}, ${renderPath(path)}`,
    value: "",
    rule: "a key may stand only once in an object; the last one would silently win",
    remedy: "remove one of the two, or merge them",
  };
}

/** `CloseBraceExpected` as `close brace expected`. */
function words(code: string): string {
  return code.replace(/\B([A-Z])/g, " $1").toLowerCase();
}

function position(json: string, offset: number): string {
  const lines = json.slice(0, offset).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

interface RepeatedKey {
  readonly key: Node;
  readonly path: Path;
}

function repeatedKeys(node: Node, path: Path): RepeatedKey[] {
  const children = node.children ?? [];
  if (node.type === "array") return children.flatMap((child, index) => repeatedKeys(child, [...path, index]));
  if (node.type !== "object") return [];
  const seen = new Set<string>();
  return children.flatMap(({ children: [key, value] = [] }) => {
    if (key === undefined) return [];
    const name = String(key.value);
    const here = [...path, name];
    const repeated = seen.has(name) ? [{ key, path: here }] : [];
    seen.add(name);
    return [...repeated, ...(value ? repeatedKeys(value, here) : [])];
  });
}
