import {
  type GroupsRefused,
  isGroups,
  OPERATOR_REASON_PATTERN,
  OPERATOR_SESSION_PREFIX,
  type OperatorRequest,
  USER_NAME_PATTERN,
} from "@studio-access/shared-types";
import { Refused } from "./refusal";

/** For whom a URL is made, and who asked for it. */
export interface PresignRequest {
  /** Matches `USER_NAME_PATTERN`. */
  readonly userName: string;
  /** Their groups that may give access, or why those are not known whole. */
  readonly groups: readonly string[] | GroupsRefused;
  /** Name and source identity of the STS session: the LOB's CloudTrail shows them for all that the session does. */
  readonly sessionName: string;
}

/** The caller according to API Gateway's event. No field is trusted to have its type. */
export interface ApiIdentity {
  /** Name that the authorizer verified. */
  readonly identity: unknown;
  /** Name in the path. */
  readonly path: unknown;
  /** Groups that the authorizer verified, as JSON; not there where no group gives access. */
  readonly groups?: unknown;
  /** Why it could not verify them. */
  readonly groupsRefused?: unknown;
}

/** A user, who asks for their own URL. @throws {Refused} unless the authorizer verified just the name in the path */
export function userOf({ identity, path, groups, groupsRefused }: ApiIdentity): PresignRequest {
  if (identity === undefined || identity === null) throw new Refused("forbidden", "identity_missing");
  if (typeof identity !== "string" || !USER_NAME_PATTERN.test(identity)) {
    throw new Refused("forbidden", "identity_malformed");
  }
  if (path !== identity) throw new Refused("forbidden", "path_differs");
  return { userName: identity, sessionName: identity, groups: verifiedGroups(groups, groupsRefused) };
}

function verifiedGroups(groups: unknown, refused: unknown): PresignRequest["groups"] {
  if (refused === "too_many_groups") return refused;
  const verified = groups === undefined ? [] : parsed(groups);
  if (refused !== undefined || !isGroups(verified)) throw new Refused("forbidden", "groups_malformed");
  return verified;
}

/** Undefined for what is no JSON. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** An operator, who asks for a user's URL. */
export interface Operator extends PresignRequest, Required<OperatorRequest> {
  readonly groups: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A JSON object with these fields at most. */
function fieldsOf(value: unknown, allowed: readonly string[]): Fields {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject || !Object.keys(value).every((name) => allowed.includes(name))) {
    throw new Refused("forbidden", "operator_event_malformed");
  }
  return value as Fields;
}

/**
 * Reads an operator's event. The event must hold this one field and no other. So no event of API Gateway passes: it
 * holds a dozen fields, whatever a caller of the API puts into the path, the query, the headers or the body.
 *
 * @param event - as Lambda hands it over
 * @param invocationId - Lambda's id of this invocation, by which CloudTrail and the log identify the operator
 * @throws {Refused}
 */
export function operatorOf(event: unknown, invocationId: string): Operator {
  const { operator } = fieldsOf(event, ["operator"]);
  const fields = fieldsOf(operator, ["userName", "groups", "reason", "handOver"]);
  const { userName, groups = [], reason, handOver = false } = fields;
  if (userName === undefined) throw new Refused("forbidden", "identity_missing");
  if (typeof userName !== "string" || !USER_NAME_PATTERN.test(userName)) {
    throw new Refused("forbidden", "identity_malformed");
  }
  const isReason = typeof reason === "string" && OPERATOR_REASON_PATTERN.test(reason);
  if (!isReason || !isGroups(groups) || typeof handOver !== "boolean") {
    throw new Refused("forbidden", "operator_event_malformed");
  }
  return { userName, groups, reason, handOver, sessionName: `${OPERATOR_SESSION_PREFIX}${invocationId}` };
}
