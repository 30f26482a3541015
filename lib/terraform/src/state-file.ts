import { isRecord } from "./json";
import { outputsOf, recordsIn } from "./state-parts";
import type { ResourceInstance, State } from "./state";
import { UnreadableState } from "./unreadable-state";

type Entry = Readonly<Record<string, unknown>>;

/** A state in format 4: a state file, the object in the bucket, what `terraform state pull` prints. */
export function fromStateFile(stack: string, json: Entry): State {
  const resources = recordsIn(stack, "resources", json["resources"]);
  return {
    stack,
    outputs: outputsOf(stack, json["outputs"]),
    instances: resources.flatMap((resource, index) => instancesOf(stack, `resources[${index}]`, resource)),
  };
}

function instancesOf(stack: string, place: string, resource: Entry): readonly ResourceInstance[] {
  const { mode = "managed", type, name, module } = resource;
  if (typeof type !== "string" || typeof name !== "string" || (mode !== "managed" && mode !== "data"))
    throw new UnreadableState(stack, `${place} is no resource: it lacks its mode, type or name`);
  const path = [
    ...(typeof module === "string" ? [module] : []),
    ...(mode === "data" ? ["data"] : []),
    type,
    name,
  ];
  return recordsIn(stack, `${place}.instances`, resource["instances"]).map(
    ({ attributes, index_key: key }, index) => {
      if (!isRecord(attributes))
        throw new UnreadableState(stack, `${place}.instances[${index}] has no attributes`);
      return { stack, address: path.join(".") + keyOf(key), mode, type, values: attributes };
    },
  );
}

/** The key of `count` or `for_each`, as it stands in an address. */
function keyOf(key: unknown): string {
  return typeof key === "string" || typeof key === "number" ? `[${JSON.stringify(key)}]` : "";
}
