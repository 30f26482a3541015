import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { fail, ok, type Check, type Finding } from "../finding";

const CHECK = "Node.js";

/** @param required the `engines.node` of package.json: `>=20.19` */
export function nodeFinding(running: string, required: string): Finding {
  const least = required.replace(/^>=\s*/, "");
  // A comparison of text would take 20.9 for later than 20.19.
  const isEnough = running.localeCompare(least, "en", { numeric: true }) >= 0;
  if (isEnough) return ok(CHECK, running);
  return fail(
    CHECK,
    `${running} runs, ${required} is needed`,
    `install Node.js ${least} or later; \`.nvmrc\` names one`,
  );
}

export function nodeCheck(root: string, running: string = process.versions.node): Check {
  return {
    name: CHECK,
    find: async () => {
      const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
        engines: { node: string };
      };
      return [nodeFinding(running, engines.node)];
    },
  };
}
