/** One problem of a config, as its validation printed it. */
export interface ConfigProblem {
  /** Path and value, `region = "mars"`; empty for a problem of the whole file. */
  readonly where: string;
  readonly rule: string;
  readonly remedy: string;
}

/**
 * The problems in what a failed synth printed: blocks of `1. where`, `rule: …`, `remedy: …`, or of two lines where the
 * whole file is at fault. None when the config is not what it failed for.
 */
export function configProblems(output: string): readonly ConfigProblem[] {
  const start = output.indexOf("ConfigError: ");
  if (start < 0) return [];
  const report = (output.slice(start).split(/\n {4}at /, 1)[0] ?? "").trimEnd();
  return report
    .split(/\n\n(?=\d+\. )/)
    .slice(1)
    .map(problemIn);
}

function problemIn(block: string): ConfigProblem {
  const lines = block.replace(/^\d+\. /, "").split("\n");
  const labelled = (label: string): string | undefined => {
    const line = lines.find((candidate) => candidate.startsWith(`   ${label}:`));
    return line?.slice(label.length + 4).trim();
  };
  const [first = ""] = lines;
  const rule = labelled("rule");
  return {
    where: rule === undefined ? "" : first,
    rule: rule ?? first,
    remedy: labelled("remedy") ?? "correct the config",
  };
}
