import { stateKey, type Config } from "@studio-access/config";
import { isRecord } from "@studio-access/terraform";

import { objectText } from "../environment/deployed-state";

/** Who holds the lock of a state, as Terraform writes it beside the state. */
export interface StateLock {
  readonly id: string;
  /** Lines that say whose it is: operation, who, created. */
  readonly lines: readonly string[];
}

/**
 * The lock of a stack's state. Undefined where there is none, and for a local state, whose lock ends with its process.
 *
 * @throws {StateOutOfReach} when S3 refuses to return it
 */
export async function stateLock(
  stack: string,
  { environment, state }: Config,
): Promise<StateLock | undefined> {
  if (state.backend === "local") return undefined;
  const text = await objectText(state, `${stateKey(environment, stack)}.tflock`, stack);
  return text === undefined ? undefined : readLock(text);
}

/** @throws {Error} when the text is no lock of Terraform's */
export function readLock(text: string): StateLock {
  const lock: unknown = JSON.parse(text);
  if (!isRecord(lock) || typeof lock["ID"] !== "string")
    throw new Error("The lock beside the state is not one of Terraform's.");
  const lines = ["Operation", "Who", "Created"].flatMap((name) => {
    const value = lock[name];
    return typeof value === "string" ? `${name}: ${value}` : [];
  });
  return { id: lock["ID"], lines };
}
