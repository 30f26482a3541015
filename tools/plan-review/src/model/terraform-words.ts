/** A longer line says no more to a person, and fills a report. */
const LONGEST_LINE = 400;

/**
 * Terraform's own words of what a command printed, where it gave some, without the frame that it draws around them. The
 * source that it quotes is left out: a synthesized stack is one line.
 */
export function terraformWords(text: string): string {
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
