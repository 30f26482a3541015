import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate } from "../stations/operator-command";
import { killedDeploy, type Killed } from "./killed-deploy";

/** A deploy that was killed, and what `./studio recover` then adopted. */
export interface Recovered extends Killed {
  readonly stack: string;
  /** Addresses. */
  readonly adopted: readonly string[];
  /** What recover says of the state, where it had to be mended first. */
  readonly mended: string | undefined;
}

/**
 * Kills a deploy after so many resources and adopts what it left.
 *
 * @param isStateCut whether the state file loses its end then, as when the kill comes while Terraform writes it
 * @throws {Error} with the output of a recovery that failed
 */
export async function recoveredDeploy(
  deployment: LocalDeployment,
  stack: string,
  completed: number,
  isStateCut = false,
): Promise<Recovered> {
  const killed = await killedDeploy(deployment, stack, completed);
  if (isStateCut) {
    await cutState(deployment, stack);
    const planned = await operate(deployment, "plan", [stack]);
    if (!planned.stdout.includes(`Mend it first: ./studio recover ${stack}\n`))
      throw new Error(`plan ${stack} does not name recover:\n${planned.stdout}${planned.stderr}`);
  }
  const { code, stdout, stderr } = await operate(deployment, "recover", [stack, "--yes"]);
  if (code !== 0) throw new Error(`recover ${stack} ended with ${code}:\n${stdout}${stderr}`);
  const adopted = [...stdout.matchAll(/^ {2}to = (\S+)$/gm)].map(([, address = ""]) => address);
  const [, mended] = /^\S+: (.* since Terraform was killed while it wrote the state.*)$/m.exec(stdout) ?? [];
  return { ...killed, stack, adopted: [...new Set(adopted)].sort(), mended };
}

/** Takes away the second half of a stack's state file. */
async function cutState({ workspace: { root, config } }: LocalDeployment, stack: string): Promise<void> {
  if (config.state.backend !== "local") throw new Error("a state in S3 is written as a whole");
  const file = join(root, config.state.directory, `${stack}.tfstate`);
  const text = await readFile(file, "utf8");
  // The kill itself may have emptied it.
  await writeFile(file, text === "" ? "{" : text.slice(0, text.length / 2));
}
