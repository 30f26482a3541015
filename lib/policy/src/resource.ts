import { PolicyError } from "./errors";
import { MANY } from "./glob";
import {
  matcherOf,
  onlyText,
  parsePattern,
  splitPattern,
  type Pattern,
  type PatternOptions,
  type Variable,
  type VariableValues,
} from "./pattern";

const SERVICE = 2;
const RESOURCE = 5;

/** The resource of a request: an ARN, or `*` for an action that is authorized on no resource of its own. */
export interface RequestedResource {
  readonly text: string;
  /** The ARN cut at every colon; empty for `*`. */
  readonly pieces: readonly string[];
}

/** @returns undefined when the text is neither an ARN nor `*` */
export function parseRequestedResource(text: string): RequestedResource | undefined {
  if (text === "*") return { text, pieces: [] };
  const pieces = text.split(":");
  const [prefix, partition, service] = pieces;
  const isArn = pieces.length > RESOURCE && prefix === "arn" && partition !== "" && service !== "";
  return isArn ? { text, pieces } : undefined;
}

/** One entry of a Resource or NotResource element. */
export interface ResourcePattern {
  readonly source: string;
  readonly variables: readonly Variable[];
  /** The one ARN that it matches; undefined where it may match others. */
  readonly only?: string | undefined;
  /**
   * Call only when the variables are resolvable.
   *
   * @throws {PolicyError} when AWS's documentation leaves open whether it matches
   */
  matches(resource: RequestedResource, values: VariableValues): boolean;
}

function endsWithMany(segment: Pattern): boolean {
  return segment.pieces.at(-1) === MANY;
}

function malformed(text: string, why: string): PolicyError {
  return new PolicyError("malformed_resource", `Resource "${text}" ${why}`);
}

function checkSegments(text: string, segments: readonly Pattern[]): void {
  const [prefix] = segments;
  if (prefix?.fixed?.("arn") !== true || prefix.pieces.length !== 1)
    throw malformed(text, "is neither * nor an ARN");
  if (segments.slice(0, RESOURCE).some(({ variables }) => variables.length > 0)) {
    throw malformed(text, "has a variable before the fifth colon");
  }
  if (segments[SERVICE]?.pieces.some((piece) => typeof piece === "symbol") === true) {
    throw malformed(text, "has a wildcard in place of the service");
  }
  const last = segments.at(-1);
  if (segments.length <= SERVICE || last === undefined) throw malformed(text, "names no service");
  if (segments.length <= RESOURCE && !endsWithMany(last)) throw malformed(text, "has fewer than six parts");
}

/** Matches segment by segment. The sixth segment, the resource, holds all further colons. */
function matchSegments(
  segments: readonly Pattern[],
  pieces: readonly string[],
  values: VariableValues,
): boolean {
  return segments.every((segment, index) => {
    const matches = matcherOf(segment, values);
    return matches(index === RESOURCE ? pieces.slice(RESOURCE).join(":") : (pieces[index] ?? ""));
  });
}

/**
 * Compiles one resource. Matching is case-sensitive and segment by segment.
 *
 * According to AWS, a `*` at the end of a segment before the resource "can expand to match beyond the colon boundaries"; when
 * it does is not documented. Where the decision depends on it, `matches` throws an error. An ARN that ends early with such a
 * `*` (`arn:aws:logs:*`) is not ambiguous.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResource(text: string, options: Omit<PatternOptions, "wildcards">): ResourcePattern {
  if (text === "*") return { source: text, variables: [], matches: () => true };
  const whole = parsePattern(text, { ...options, wildcards: true });
  const segments = splitPattern(whole, RESOURCE + 1);
  checkSegments(text, segments);
  const only = onlyText(whole);
  const mayExpand = segments.slice(0, -1).some(endsWithMany);
  return {
    source: text,
    variables: whole.variables,
    only,
    matches({ text: asked, pieces }, values) {
      if (only !== undefined) return only === asked;
      if (pieces.length === 0) return false;
      if (matchSegments(segments, pieces, values)) return true;
      if (!mayExpand || !matcherOf(whole, values)(asked)) return false;
      throw new PolicyError(
        "ambiguous_resource",
        `Resource "${text}" matches "${asked}" only if a wildcard crosses a colon, which AWS leaves open`,
      );
    },
  };
}
