import { PolicyError } from "./errors";
import { compileGlob, MANY, ONE, type GlobPiece, type TextMatcher } from "./glob";

/** `${key}` or `${key, 'fallback'}`. The request's value replaces it as plain text. */
export interface Variable {
  /** Condition key, lower case. */
  readonly key: string;
  readonly fallback?: string;
}

/** The values that replace variables. */
export interface VariableValues {
  /** @returns undefined when the request has no such key */
  single(key: string): string | undefined;
}

type Piece = GlobPiece | Variable;

/** Text of a policy, parsed into its wildcards, variables and literal text. */
export interface Pattern {
  readonly pieces: readonly Piece[];
  readonly variables: readonly Variable[];
  /** Set when there is no variable, so that the pattern is compiled only once. */
  readonly fixed: TextMatcher | undefined;
}

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards; otherwise they are plain text. */
  readonly wildcards: boolean;
  /** Whether the policy's version has variables, as 2012-10-17 does. */
  readonly variables: boolean;
}

// A tag key may hold spaces, dots and slashes, but no quote, comma or brace.
const VARIABLE = /\$\{(?:([*?$])|([^*?$'{},]+)(?:, *'([^'{}]*)')?)\}/y;

/** Reads the variable at `start`. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function readVariable(text: string, start: number): { piece: Piece; end: number } {
  VARIABLE.lastIndex = start;
  const found = VARIABLE.exec(text);
  if (found === null)
    throw new PolicyError("malformed_variable", `"${text}" holds a malformed policy variable`);
  const [whole, character, key, fallback] = found;
  const end = start + whole.length;
  // ${*}, ${?} and ${$} are escapes for the characters themselves.
  if (character !== undefined) return { piece: character, end };
  const variable = { key: (key ?? "").toLowerCase(), ...(fallback === undefined ? {} : { fallback }) };
  return { piece: variable, end };
}

function isVariable(piece: Piece): piece is Variable {
  return typeof piece === "object";
}

function patternOf(pieces: readonly Piece[]): Pattern {
  const variables = pieces.filter(isVariable);
  const fixed = variables.length === 0 ? compileGlob(pieces as readonly GlobPiece[]) : undefined;
  return { pieces, variables, fixed };
}

/** @throws {PolicyError} on a malformed variable */
export function parsePattern(text: string, options: PatternOptions): Pattern {
  const pieces: Piece[] = [];
  let literal = "";
  const flush = (): void => {
    if (literal !== "") pieces.push(literal);
    literal = "";
  };
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (options.variables && text.startsWith("${", at)) {
      flush();
      const { piece, end } = readVariable(text, at);
      pieces.push(piece);
      at = end;
      continue;
    }
    if (options.wildcards && (character === "*" || character === "?")) {
      flush();
      pieces.push(character === "*" ? MANY : ONE);
    } else {
      literal += character;
    }
    at++;
  }
  flush();
  return patternOf(pieces);
}

/** Splits a pattern at the first `limit - 1` colons of its text. A colon inside a variable does not count. */
export function splitPattern(pattern: Pattern, limit: number): Pattern[] {
  const segments: Piece[][] = [[]];
  for (const piece of pattern.pieces) {
    if (typeof piece !== "string") {
      segments.at(-1)?.push(piece);
      continue;
    }
    let rest = piece;
    for (let colon = rest.indexOf(":"); colon !== -1 && segments.length < limit; colon = rest.indexOf(":")) {
      if (colon > 0) segments.at(-1)?.push(rest.slice(0, colon));
      segments.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== "") segments.at(-1)?.push(rest);
  }
  return segments.map(patternOf);
}

/** The one text that a pattern without wildcards and variables matches; undefined for another pattern. */
export function onlyText({ pieces }: Pattern): string | undefined {
  return pieces.every((piece) => typeof piece === "string") ? pieces.join("") : undefined;
}

/** Whether the request has a value for every variable without a fallback. */
export function resolvable(variables: readonly Variable[], values: VariableValues): boolean {
  if (variables.length === 0) return true;
  return variables.every(({ key, fallback }) => fallback !== undefined || values.single(key) !== undefined);
}

/** Replaces the variables by the request's values. Call only when all variables are {@link resolvable}. */
export function matcherOf(pattern: Pattern, values: VariableValues): TextMatcher {
  if (pattern.fixed !== undefined) return pattern.fixed;
  // A value is plain text: a `*` in it is no wildcard.
  const pieces = pattern.pieces.map((piece) =>
    isVariable(piece) ? (values.single(piece.key) ?? piece.fallback ?? "") : piece,
  );
  return compileGlob(pieces);
}
