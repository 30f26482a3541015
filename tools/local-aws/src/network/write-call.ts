import type { AwsCall } from "../server/call";

/** Whether a call may have changed something: every operation that is not known to be a read counts as a change. */
export function isWrite(call: Pick<AwsCall, "operation" | "method">): boolean {
  if (call.method === "GET" || call.method === "HEAD") return false;
  // RAM, a REST service, has its reads as POST too.
  return !/^(?:(?:Describe|Get|List|Search)[A-Z]|POST \/(?:get|list))/.test(call.operation);
}
