import { basename } from "node:path";

import { placeOf, type Problem } from "@studio-access/config";

import type { Facts, Synthesis } from "../facts";
import { fail, ok, type Check, type Finding } from "../finding";

const CHECK = "config";

/** Lines shown of a failed synth's output. */
const LINES_SHOWN = 5;

function problemFinding(problem: Problem): Finding {
  const place = placeOf(problem);
  return fail(CHECK, place === "" ? problem.rule : `${place}: ${problem.rule}`, problem.remedy);
}

/** Whether the stacks of a valid config synthesize; if not, the end of the app's output. */
export function synthesisFinding(file: string, { ok: isWhole, output }: Synthesis): Finding {
  if (isWhole) return ok(CHECK, `${file} is valid, and every stack synthesizes`);
  const said = output.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return fail(
    CHECK,
    `the stacks do not synthesize: ${said.slice(-LINES_SHOWN).join(" / ")}`,
    "run `npm run synth`, which shows all of it",
  );
}

export function configCheck({ configFile, problems, synthesis }: Facts): Check {
  return {
    name: CHECK,
    find: async () =>
      problems.length > 0
        ? problems.map(problemFinding)
        : [synthesisFinding(basename(configFile), await synthesis())],
  };
}
