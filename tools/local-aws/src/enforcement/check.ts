import type { AwsCall } from "../server/call";
import type { CheckedCaller } from "./caller";
import type { Finding } from "./finding";

/** What is asked of the policies before some calls of one service. */
export interface Check {
  /** Whether the call is one of them. */
  readonly concerns: (call: AwsCall) => boolean;
  /**
   * One finding for each resource; none when the service itself refuses such a call.
   *
   * @throws {AwsError} what AWS answers before it looks at any policy
   */
  judge(call: AwsCall, caller: CheckedCaller): Promise<readonly Finding[]>;
}
