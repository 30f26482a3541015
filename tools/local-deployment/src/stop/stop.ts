import { setTimeout as delay } from "node:timers/promises";

import { runningInstances, type RunningInstance } from "../instance";

/** A deploy that is interrupted lets Terraform finish its calls and write its state. */
const LONGEST_STOP_MS = 90_000;

const POLL_MS = 200;

export interface StopDeps {
  /** Sends the signal; throws as `process.kill` does. */
  readonly kill: (pid: number, signal: "SIGINT" | 0) => void;
  /** Tells what is being done. */
  readonly note: (text: string) => void;
}

/**
 * Ends a local deployment as Ctrl-C does, and waits until it has released the checkout and its process has ended, which comes
 * after its programs.
 *
 * @param name its name; undefined: the only one that is up
 * @throws {Error} when there is no such deployment, or several and none was named, or when it does not end
 */
export async function stopInstance(
  root: string,
  name: string | undefined,
  { kill, note }: StopDeps,
): Promise<RunningInstance> {
  const instance = chosen(await runningInstances(root), name);
  const { pid } = instance;
  note(`Stopping ${instance.name} …`);
  if (isAlive(pid, kill)) kill(pid, "SIGINT");
  const end = Date.now() + LONGEST_STOP_MS;
  while (isAlive(pid, kill) || (await runningInstances(root)).some((other) => other.name === instance.name)) {
    if (Date.now() > end) throw new Error(`${instance.name} has not ended: process ${pid} still runs.`);
    await delay(POLL_MS);
  }
  return instance;
}

function isAlive(pid: number, kill: StopDeps["kill"]): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
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
