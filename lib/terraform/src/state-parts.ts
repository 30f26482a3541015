import { isRecord } from "./json";
import type { Output } from "./state";
import { UnreadableState } from "./unreadable-state";

/** The objects of a list; none where it is absent. @throws {UnreadableState} */
export function recordsIn(
  stack: string,
  place: string,
  list: unknown,
): readonly Readonly<Record<string, unknown>>[] {
  const items: unknown = list ?? [];
  if (!Array.isArray(items) || !items.every(isRecord))
    throw new UnreadableState(stack, `${place} is no list of objects`);
  return items;
}

/** Output values, as a state file and `terraform show -json` write them alike. @throws {UnreadableState} */
export function outputsOf(stack: string, outputs: unknown): Readonly<Record<string, Output>> {
  const entries = Object.entries(isRecord(outputs) ? outputs : {});
  return Object.fromEntries(
    entries.map(([name, output]): [string, Output] => {
      if (!isRecord(output)) throw new UnreadableState(stack, `the output ${name} is no object`);
      return [name, { value: output["value"], sensitive: output["sensitive"] === true }];
    }),
  );
}
