import { readFile } from "node:fs/promises";

import { printParseErrorCode, visit } from "jsonc-parser";

import { shapeProblems, type ConfigProblem } from "./config-shape";
import { CONFIG_VARIABLE, type DeployedConfig, namedByVariable } from "./deployed-config";

/** A config that the commands cannot work on; its message lists every problem that was found. */
export class UnusableConfig extends Error {
  override readonly name = "UnusableConfig";

  constructor(
    file: string,
    readonly problems: readonly ConfigProblem[],
    more: readonly string[] = [],
  ) {
    const headline = `${file}: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    super([headline, ...problems.map(describe), ...more].join("\n\n"));
  }
}

const WHERE_TO_LOOK =
  "config/README.md and config/schema.json say what a config holds. What is checked here is only what every command\n" +
  "reads: `npm run doctor -- --config FILE` lists every problem of a file.";

function describe({ where, rule, remedy }: ConfigProblem, index: number): string {
  const number = `${index + 1}.`;
  const what = where === "" ? [`${number} ${rule}`] : [`${number} ${where}`, `   rule:   ${rule}`];
  return [...what, `   remedy: ${remedy}`].join("\n");
}

/**
 * Reads a config, and checks the parts that every command reads. Synth checks the whole of it.
 *
 * @param variables those of the environment; they tell where the name of a missing file comes from
 * @throws {UnusableConfig} when the file is missing, is not JSON or lacks such a part
 */
export async function readConfig(
  file: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<DeployedConfig> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UnusableConfig(file, [unreadable(error, namedByVariable(variables) === file)]);
  });
  const config = parsed(file, text);
  const problems = shapeProblems(config);
  if (problems.length > 0) throw new UnusableConfig(file, problems, [WHERE_TO_LOOK]);
  // As it stands in the file, with all that is not checked here.
  return config as DeployedConfig;
}

function unreadable(error: unknown, isNamedByVariable: boolean): ConfigProblem {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const rule =
    code === "ENOENT" ? "the file must exist" : `the file must be readable; reading it failed: ${code}`;
  return {
    where: "",
    rule: isNamedByVariable ? `${rule}. ${CONFIG_VARIABLE} names it` : rule,
    remedy: `name a config with --config FILE or ${CONFIG_VARIABLE}=FILE; for a new one, copy config/example.json`,
  };
}

function parsed(file: string, text: string): unknown {
  // Some editors begin a file with a byte order mark, which JSON does not allow.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch {
    // Not in the parser's words: they quote the file.
    throw new UnusableConfig(file, [syntaxProblem(json)]);
  }
}

/** The first syntax error; those that follow it mostly come from it. */
function syntaxProblem(json: string): ConfigProblem {
  const found: Pick<ConfigProblem, "where" | "rule">[] = [];
  visit(
    json,
    {
      onError: (error, _offset, _length, line, column) => {
        // `CloseBraceExpected` as `close brace expected`.
        const words = printParseErrorCode(error)
          .replace(/\B([A-Z])/g, " $1")
          .toLowerCase();
        found.push({
          where: `line ${line + 1}, column ${column + 1}`,
          rule: `the file must be JSON; here: ${words}`,
        });
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const [first = { where: "", rule: "the file must be JSON" }] = found;
  const remedy = "mend the syntax; JSON takes no comments (use $comment) and no comma after the last entry";
  return { ...first, remedy };
}
