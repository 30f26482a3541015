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

/** Rewrites escapes that differ; undefined for what JavaScript cannot express. */
function translated(java: string): string | undefined {
  let source = "";
  let inClass = false;
  for (let index = 0; index < java.length; index += 1) {
    const character = java.charAt(index);
    if (character === "\\") {
      const escape = escapeAt(java, index, inClass);
      source += escape.text;
      index += escape.length - 1;
      continue;
    }
    if (character === "[" && !inClass) inClass = true;
    // Nested classes, intersections and possessive quantifiers are Java's alone.
    else if (inClass && (character === "[" || java.startsWith("&&", index))) return undefined;
    else if (character === "]") inClass = false;
    else if (!inClass && /[*+?}]/.test(character) && java.charAt(index + 1) === "+") return undefined;
    source += character;
  }
  return source;
}

function escapeAt(java: string, index: number, inClass: boolean): { text: string; length: number } {
  const posix = /^\\p\{(\w+)\}/.exec(java.slice(index, index + 20));
  const range = CLASSES[posix?.[1] ?? ""];
  if (posix && range !== undefined) return { text: inClass ? range : `[${range}]`, length: posix[0].length };
  const next = java.charAt(index + 1);
  const plain = /\W|_/.test(next) && !SYNTAX.has(next) && !(inClass && next === "-");
  return { text: plain ? next : `\\${next}`, length: 2 };
}
