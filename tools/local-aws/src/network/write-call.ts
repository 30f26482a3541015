import type { AwsCall } from "../server/call";

/** Whether a call may have changed something. Names that are not known to only read count as changes. */
export function isWrite(call: Pick<AwsCall, "operation" | "method">): boolean {
  if (call.method === "GET" || call.method === "HEAD") return false;
  return !/^(Describe|Get|List|Search)[A-Z]/.test(call.operation);
}
