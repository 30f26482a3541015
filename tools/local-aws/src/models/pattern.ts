/** A test of a whole value. */
export type Pattern = (value: string) => boolean;

/** POSIX classes of Java that JavaScript lacks. `\p{ASCII}` and Unicode's categories are the same in both. */
const CLASSES: Readonly<Record<string, string>> = {
  Alnum: "0-9A-Za-z",
  Alpha: "A-Za-z",
  Digit: "0-9",
  Graph: "!-~",
  Lower: "a-z",
  Print: " -~",
  Space: "\\t\\n\\v\\f\\r ",
  Upper: "A-Z",
  XDigit: "0-9A-Fa-f",
};

/** What JavaScript's Unicode mode takes after a backslash, besides letters and digits. */
const SYNTAX = new Set("^$\\.*+?()[]{}|/");

/**
 * A pattern of a service model in JavaScript. The models hold Java's, and AWS asks that they match the whole value.
 *
 * @returns undefined when it has no translation
 */
export function patternOf(java: string): Pattern | undefined {
  const [, flags = "", rest = java] = /^\(\?([is]+)\)(.*)$/s.exec(java) ?? [];
  const source = translated(rest);
  if (source === undefined) return undefined;
  // Without Unicode mode JavaScript reads what is invalid in it, such as a class as the end of a range, as Java does.
  const expression =
    compiled(source, `${flags}u`) ?? (/\\p\{/i.test(source) ? undefined : compiled(source, flags));
  return expression && ((value) => expression.test(value));
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return undefined;
  }
}

/** Rewrites what differs; undefined for what JavaScript cannot express. */
function translated(java: string): string | undefined {
  let source = "";
  let inClass = false;
  for (let index = 0; index < java.length;) {
    const rest = java.slice(index);
    const escape = escapeAt(rest, inClass);
    // An anchor that is repeated at least once is the anchor.
    const anchor = inClass ? undefined : /^\$\{[1-9][\d,]*\}/.exec(rest)?.[0];
    const [java1, js] = escape ?? (anchor === undefined ? [rest.charAt(0), rest.charAt(0)] : [anchor, "$"]);
    if (escape === undefined) {
      if (isOfJavaAlone(rest, inClass)) return undefined;
      if (java1 === "[") inClass = true;
      if (java1 === "]") inClass = false;
    }
    source += js;
    index += java1.length;
  }
  return source;
}

/** Nested classes, intersections of classes, and possessive quantifiers. */
function isOfJavaAlone(rest: string, inClass: boolean): boolean {
  return inClass ? /^(?:\[|&&)/.test(rest) : /^[*+?}]\+/.test(rest);
}

/** An escape with its translation. */
function escapeAt(rest: string, inClass: boolean): [java: string, js: string] | undefined {
  const [java, name = ""] = /^\\(?:[pP]\{(\w+)\}|.)/s.exec(rest) ?? [];
  if (java === undefined) return undefined;
  const range = CLASSES[name];
  if (range !== undefined && java.startsWith("\\p")) return [java, inClass ? range : `[${range}]`];
  const character = java.charAt(1);
  const plain = /\W|_/.test(character) && !SYNTAX.has(character) && !(inClass && character === "-");
  return [java, plain ? character : java];
}
