import { isRecord, parseJson } from "./json";
import { fromShownState } from "./shown-state";
import type { State } from "./state";
import { fromStateFile } from "./state-file";
import { UnreadableState } from "./unreadable-state";

/**
 * The state of one stack, from a state file (format 4, in use since Terraform 0.12) or from what `terraform show -json`
 * prints. A stack that was never applied, or was destroyed, has neither outputs nor resource instances.
 *
 * @throws {UnreadableState}
 */
export function readState(stack: string, text: string): State {
  const json = parseJson(text, () => new UnreadableState(stack, "not JSON"));
  if (!isRecord(json)) throw new UnreadableState(stack, "no JSON object");
  if (json["version"] === 4) return fromStateFile(stack, json);
  if (typeof json["format_version"] === "string") return fromShownState(stack, json);
  throw new UnreadableState(
    stack,
    "neither a state file of version 4 nor the output of terraform show -json",
  );
}

/**
 * The state of one stack, from what `terraform state pull` prints: an empty text where the stack was never applied, and
 * possibly warnings before the state.
 *
 * @throws {UnreadableState}
 */
export function readPulledState(stack: string, text: string): State {
  if (text.trim() === "") return { stack, outputs: {}, instances: [] };
  return readState(stack, text.slice(Math.max(0, text.search(/^\{/m))));
}
