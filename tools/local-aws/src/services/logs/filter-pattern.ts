import { AwsError } from "../../server/aws-error";

/** Whether a log event's message matches. */
export type Matches = (message: string) => boolean;

/**
 * Reads a filter pattern of CloudWatch Logs: terms (`a`, `"a b"`, `?a`, `-a`) or a JSON expression (`{ $.a = "b" }`).
 * Patterns of space-delimited fields (`[a, b]`) and regular expressions (`%a%`) are refused, since nothing here uses them.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws {AwsError} InvalidParameterException, as AWS does, for a malformed pattern
 */
export function readFilterPattern(pattern: string): Matches {
  const text = pattern.trim();
  if (text.startsWith("{")) return new JsonPattern(text).read();
  if (text.startsWith("[")) throw invalid("the local AWS reads no space-delimited patterns");
  return readTerms(text);
}

function invalid(why: string): AwsError {
  return new AwsError("InvalidParameterException", `Invalid filter pattern: ${why}`);
}

const TERM = /\s*([?-]?)(?:"((?:\\.|[^"\\])*)"|([^\s"]+))/y;

function readTerms(text: string): Matches {
  const terms: { readonly kind: string; readonly text: string }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const [, kind = "", quoted, plain = ""] = TERM.exec(text) ?? [];
    if (TERM.lastIndex === 0) throw invalid("a quotation mark is missing");
    const term = quoted === undefined ? plain : unescaped(quoted);
    if (/^%.*%$/.test(term)) throw invalid("the local AWS reads no regular expressions");
    if (quoted === undefined && /\W/.test(term)) throw invalid(`Invalid character(s) in term '${term}'`);
    terms.push({ kind, text: term });
  }
  const of = (kind: string): string[] => terms.filter((term) => term.kind === kind).map((term) => term.text);
  const [required, optional, excluded] = [of(""), of("?"), of("-")];
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    // Optional terms count only where none is required.
    (required.length > 0 || optional.length === 0 || optional.some((term) => message.includes(term)));
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, "$1");
}

type Test = (event: unknown) => boolean;

const TOKEN =
  /\s*(?:(&&|\|\||!=|<=|>=|[(){}=<>])|"((?:\\.|[^"\\])*)"|(\$(?:\.[\w-]+|\.?\["[^"]+"\]|\[\d+\])+)|([^\s(){}=<>!&|"]+))/y;

interface Token {
  readonly kind: "sign" | "string" | "selector" | "word";
  readonly text: string;
}

/** A recursive descent over `{ … }`. */
class JsonPattern {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  read(): Matches {
    this.#take("{");
    const test = this.#any();
    this.#take("}");
    if (this.#next < this.#tokens.length) throw invalid("there is more after the closing brace");
    return (message) => {
      try {
        return test(JSON.parse(message));
      } catch {
        // A line that is no JSON matches no JSON pattern.
        return false;
      }
    };
  }

  #any(): Test {
    const tests = [this.#all()];
    while (this.#skip("||")) tests.push(this.#all());
    return (event) => tests.some((test) => test(event));
  }

  #all(): Test {
    const tests = [this.#one()];
    while (this.#skip("&&")) tests.push(this.#one());
    return (event) => tests.every((test) => test(event));
  }

  #one(): Test {
    if (this.#skip("(")) {
      const test = this.#any();
      this.#take(")");
      return test;
    }
    const selector = this.#advance();
    if (selector.kind !== "selector")
      throw invalid(`a selector such as $.code is missing before ${selector.text}`);
    const valueOf = readSelector(selector.text);
    const { kind, text } = this.#advance();
    if (kind === "word") return this.#word(text, valueOf);
    return comparison(text, this.#advance(), valueOf);
  }

  #word(word: string, valueOf: (event: unknown) => unknown): Test {
    if (word === "EXISTS") return (event) => valueOf(event) !== undefined;
    const second = this.#advance().text;
    if (word === "NOT" && second === "EXISTS") return (event) => valueOf(event) === undefined;
    const values: Readonly<Record<string, unknown>> = { NULL: null, TRUE: true, FALSE: false };
    if (word === "IS" && Object.hasOwn(values, second)) return (event) => valueOf(event) === values[second];
    throw invalid(`${word} ${second} is no condition`);
  }

  #advance(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw invalid("it ends too early");
    this.#next += 1;
    return token;
  }

  #skip(sign: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.#next += 1;
    return true;
  }

  #take(sign: string): void {
    if (!this.#skip(sign)) throw invalid(`${sign} is missing`);
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [, sign, string, selector, word] = TOKEN.exec(text) ?? [];
    if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if (string !== undefined) tokens.push({ kind: "string", text: unescaped(string) });
    else if (selector !== undefined) tokens.push({ kind: "selector", text: selector });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else throw invalid(`it cannot be read from ${text.slice(at, at + 20)} on`);
  }
  return tokens;
}

function readSelector(selector: string): (event: unknown) => unknown {
  const keys = [...selector.matchAll(/\.([\w-]+)|\["([^"]+)"\]|\[(\d+)\]/g)].map(
    ([, plain, quoted, index]) => plain ?? quoted ?? Number(index),
  );
  return (event) =>
    keys.reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as Readonly<Record<string | number, unknown>>)[key]
          : undefined,
      event,
    );
}

function comparison(operator: string, { kind, text }: Token, valueOf: (event: unknown) => unknown): Test {
  if (kind !== "string" && kind !== "word") throw invalid(`a value is missing after ${operator}`);
  if (/^%.*%$/.test(text)) throw invalid("the local AWS reads no regular expressions");
  const isNumber = kind === "word" && text !== "" && Number.isFinite(Number(text));
  const equals = (value: unknown): boolean =>
    isNumber ? value === Number(text) : typeof value === "string" && wildcard(text).test(value);
  switch (operator) {
    case "=":
      return (event) => equals(valueOf(event));
    case "!=":
      return (event) => valueOf(event) !== undefined && !equals(valueOf(event));
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (!isNumber) throw invalid(`${operator} compares numbers alone`);
      return (event) => ordered(operator, valueOf(event), Number(text));
    default:
      throw invalid(`${operator} is no operator`);
  }
}

function ordered(operator: "<" | "<=" | ">" | ">=", value: unknown, limit: number): boolean {
  if (typeof value !== "number") return false;
  if (operator === "<") return value < limit;
  if (operator === "<=") return value <= limit;
  return operator === ">" ? value > limit : value >= limit;
}

/** A text in which `*` stands for any characters. */
function wildcard(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
