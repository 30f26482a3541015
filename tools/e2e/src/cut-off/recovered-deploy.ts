import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate } from "../stations/operator-command";
import { killedDeploy, type Killed } from "./killed-deploy";

/** A deploy that was killed, and what `./studio recover` then adopted. */
export interface Recovered extends Killed {
  readonly stack: string;
  /** Addresses. */
  readonly adopted: readonly string[];
}

/**
 * Kills a deploy after so many resources and adopts what it left.
 *
 * @throws {Error} with the output of a recovery that failed
 */
export async function recoveredDeploy(
  deployment: LocalDeployment,
  stack: string,
  completed: number,
): Promise<Recovered> {
  const killed = await killedDeploy(deployment, stack, completed);
  const { code, stdout, stderr } = await operate(deployment, "recover", [stack, "--yes"]);
  if (code !== 0) throw new Error(`recover ${stack} ended with ${code}:\n${stdout}${stderr}`);
  const adopted = [...stdout.matchAll(/^ {2}to = (\S+)$/gm)].map(([, address = ""]) => address);
  return { ...killed, stack, adopted: [...new Set(adopted)].sort() };
}
