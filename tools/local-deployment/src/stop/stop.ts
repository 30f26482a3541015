import { setTimeout as delay } from "node:timers/promises";

import { runningInstances, type RunningInstance } from "../instance";

/** A deploy that is interrupted lets Terraform finish its calls and write its state. */
const LONGEST_STOP_MS = 90_000;

const POLL_MS = 200;

/**
 * Ends a local deployment as Ctrl-C does, and waits until its programs have ended.
 *
 * @param name its name; undefined: the only one that is up
 * @throws {Error} when there is no such deployment, or several and none was named, or when it does not end
 */
export async function stopInstance(
  root: string,
  name?: string,
  interrupt: (pid: number) => void = (pid) => process.kill(pid, "SIGINT"),
): Promise<RunningInstance> {
  const running = await runningInstances(root);
  const instance = chosen(running, name);
  interrupt(instance.pid);
  const end = Date.now() + LONGEST_STOP_MS;
  while ((await runningInstances(root)).some(({ name: other }) => other === instance.name)) {
    if (Date.now() > end)
      throw new Error(`${instance.name} has not ended: process ${instance.pid} still runs.`);
    await delay(POLL_MS);
  }
  return instance;
}

function chosen(running: readonly RunningInstance[], name: string | undefined): RunningInstance {
  const names = running.map((instance) => instance.name).join(", ");
  const [first, ...others] = running.filter((instance) => name === undefined || instance.name === name);
  if (first === undefined)
    throw new Error(
      running.length === 0
        ? "No local deployment of this checkout is up."
        : `No local deployment ${name} is up; up are: ${names}.`,
    );
  if (others.length > 0) throw new Error(`Several are up: ${names}. Say which one with --name NAME.`);
  return first;
}
