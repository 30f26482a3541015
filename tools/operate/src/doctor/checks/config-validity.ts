import { basename } from "node:path";

import { configProblems } from "../config-problems";
import type { Facts } from "../facts";
import { fail, ok, type Check, type Finding } from "../finding";

const CHECK = "config";

/** Lines of a failed synth that are worth showing when no problem of the config is among them. */
const LINES_SHOWN = 5;

/** Every problem of the config by itself; or the end of what the app said, where it failed for another reason. */
export function configFindings(
  file: string,
  { ok: isValid, output }: { readonly ok: boolean; readonly output: string },
): readonly Finding[] {
  if (isValid) return [ok(CHECK, `${file} is valid, and every stack synthesizes`)];
  const problems = configProblems(output);
  if (problems.length > 0)
    return problems.map(({ where, rule, remedy }) =>
      fail(CHECK, where === "" ? rule : `${where}: ${rule}`, remedy),
    );
  const said = output.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return [
    fail(
      CHECK,
      `the stacks do not synthesize: ${said.slice(-LINES_SHOWN).join(" / ")}`,
      "run `npm run synth`, which shows all of it",
    ),
  ];
}

export function configCheck(facts: Facts): Check {
  return {
    name: CHECK,
    find: async () => configFindings(basename(facts.configFile), await facts.synthesis()),
  };
}
