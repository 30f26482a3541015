import type { AwsCall, Reply } from "../../server/call";
import { targetJsonReply } from "../../server/protocol";
import { tagsIn } from "./domain-operations";
import { requiredText, type StudioInput } from "./studio-input";
import type { StudioStore } from "./studio-store";

const OPERATIONS = new Set(["ListTags", "AddTags", "DeleteTags"]);

/** The reply of a tag operation on a Studio resource; undefined for any other call, and for resources that moto holds. */
export function tagReply(store: StudioStore, call: AwsCall, input: StudioInput): Reply | undefined {
  if (!OPERATIONS.has(call.operation)) return undefined;
  const resource = store.get(requiredText(input, "ResourceArn"));
  if (resource?.account !== call.account) return undefined;
  if (call.operation === "AddTags") for (const [key, value] of tagsIn(input)) resource.tags.set(key, value);
  if (call.operation === "DeleteTags") {
    for (const key of (input["TagKeys"] ?? []) as string[]) resource.tags.delete(key);
    return targetJsonReply({});
  }
  return targetJsonReply({ Tags: [...resource.tags].map(([Key, Value]) => ({ Key, Value })) });
}
