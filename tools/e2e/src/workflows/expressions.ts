import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** Values that an expression may name, by the name of their context: `github`, `vars`, `steps`, `needs`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Fills in the expressions of a text, each between `${{` and `}}`. */
export function filled(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_all, expression: string) =>
    valueOf(expression, contexts).coerceString(),
  );
}

/** Evaluates an `if:` condition, written with `${{ }}` or without. */
export function holds(condition: string, contexts: Contexts): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
  return !["", "0", "false"].includes(valueOf(expression, contexts).coerceString());
}

/** Uses GitHub's own evaluator. @throws on an unknown context or function */
function valueOf(expression: string, contexts: Contexts): data.ExpressionData {
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), []).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, values).evaluate();
}
