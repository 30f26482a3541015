import { isRecord } from "./json";
import { outputsOf, recordsIn } from "./state-parts";
import type { ResourceInstance, State } from "./state";
import { UnreadableState } from "./unreadable-state";

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads a state as `terraform show -json` prints it.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#state-representation
 */
export function fromShownState(stack: string, json: Entry): State {
  const values = isRecord(json["values"]) ? json["values"] : {};
  return {
    stack,
    outputs: outputsOf(stack, values["outputs"]),
    instances: fromModule(stack, "root_module", values["root_module"]),
  };
}

function fromModule(stack: string, place: string, module: unknown): readonly ResourceInstance[] {
  if (!isRecord(module)) return [];
  const resources = recordsIn(stack, `${place}.resources`, module["resources"]);
  const children = recordsIn(stack, `${place}.child_modules`, module["child_modules"]);
  return [
    ...resources.map((entry, index) => instance(stack, `${place}.resources[${index}]`, entry)),
    ...children.flatMap((child, index) => fromModule(stack, `${place}.child_modules[${index}]`, child)),
  ];
}

function instance(stack: string, place: string, entry: Entry): ResourceInstance {
  const { address, type, mode, values } = entry;
  if (typeof address !== "string" || typeof type !== "string" || (mode !== "managed" && mode !== "data"))
    throw new UnreadableState(stack, `${place} is no resource: it lacks its address, mode or type`);
  if (!isRecord(values)) throw new UnreadableState(stack, `${place} has no values`);
  return { stack, address, mode, type, values };
}
