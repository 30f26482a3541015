import type { AwsCall } from "../server/call";
import type { CheckedCaller } from "./caller";
import type { AuthorizationResult } from "./authorization-result";

/** The authorization of some calls of one service, before the service answers them. */
export interface AuthorizationCheck {
  /** Whether this check authorizes the call. */
  readonly appliesTo: (call: AwsCall) => boolean;
  /**
   * @returns one result for each resource; none for a call that the service itself refuses
   * @throws {AwsError} the error that AWS returns before it evaluates any policy
   */
  authorize(call: AwsCall, caller: CheckedCaller): Promise<readonly AuthorizationResult[]>;
}
