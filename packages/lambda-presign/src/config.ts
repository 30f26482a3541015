import {
  PRESIGN_CALLERS,
  PRESIGN_ENVIRONMENT as NAMES,
  type PresignCallers,
} from "@studio-access/shared-types";

export interface Config {
  readonly region: string;
  /** Address of AWS, where it is not AWS's own. */
  readonly endpoint: string | undefined;
  readonly usersTable: string;
  readonly lobsTable: string;
  /** Undefined where no group gives access. */
  readonly groupsTable: string | undefined;
  readonly urlExpiresSeconds: number;
  readonly sessionExpiresSeconds: number;
  readonly callers: PresignCallers;
}

/** Set by Lambda itself. */
const REGION = "AWS_REGION";

/** The variable by which all of AWS's SDKs are told of another address. */
const ENDPOINT = "AWS_ENDPOINT_URL";

/**
 * Reads the function's environment, see `PRESIGN_ENVIRONMENT`.
 *
 * @throws {Error} that lists every problem at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const required = (name: string): string => {
    const value = env[name] ?? "";
    if (value === "") problems.push(`${name} is missing`);
    return value;
  };
  /** Ranges are those of CreatePresignedDomainUrl. */
  const seconds = (name: string, min: number, max: number): number => {
    const text = required(name);
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (text !== "" && !(value >= min && value <= max)) {
      problems.push(`${name} must be a whole number of seconds, ${min} to ${max}`);
    }
    return value;
  };

  const served = env[NAMES.callers] ?? "api";
  const callers = PRESIGN_CALLERS.find((known) => known === served);
  if (callers === undefined) problems.push(`${NAMES.callers} must be ${PRESIGN_CALLERS.join(" or ")}`);

  const config = {
    region: required(REGION),
    endpoint: env[ENDPOINT] === "" ? undefined : env[ENDPOINT],
    usersTable: required(NAMES.usersTable),
    lobsTable: required(NAMES.lobsTable),
    groupsTable: env[NAMES.groupsTable] === "" ? undefined : env[NAMES.groupsTable],
    urlExpiresSeconds: seconds(NAMES.urlExpiresSeconds, 5, 300),
    sessionExpiresSeconds: seconds(NAMES.sessionExpiresSeconds, 1800, 43_200),
  };
  if (callers === undefined || problems.length > 0) {
    throw new Error(`bad environment: ${problems.join("; ")}`);
  }
  return { ...config, callers };
}
