/** Longer lines are cut: they fill a report, and a reader learns nothing from the rest. */
const LONGEST_LINE = 400;

/**
 * The errors in the output of a Terraform command, without the frame that Terraform draws around them; the whole output
 * where it holds no error. The source that Terraform quotes is left out: a synthesized stack is one line.
 */
export function terraformErrors(text: string): string {
  const lines = text.split("\n");
  const said = lines.map((line) => line.replace(/^[\s│╷╵|]+/, "").trimEnd());
  const first = said.findIndex((line) => line.startsWith("Error: "));
  if (first < 0) return lines.map(shortened).join("\n").trim();
  return said
    .slice(first)
    .filter((line) => line !== "" && !/^(?:\d+: |on \S+ line \d+|The whole log: )/.test(line))
    .map(shortened)
    .join("\n");
}

function shortened(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}…`;
}
