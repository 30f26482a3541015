import type { Moto } from "../server/call";
import { parseXml, textAt } from "../server/xml";
import type { RoleCredentials } from "./environment";
import type { FunctionConfiguration } from "./function-configuration";

/** A session of an execution role. */
export interface ExecutionSession {
  readonly accessKeyId: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** Value of `lambda:SourceFunctionArn` on calls of the function's code. */
  readonly functionArn: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

const SESSION_SECONDS = 3600;

/** Credentials of execution roles. Lambda itself assumes the roles, whatever the permissions of the function's caller. */
export class ExecutionRoles {
  readonly #moto: Pick<Moto, "query">;
  readonly #clock: () => number;
  readonly #sessions = new Map<string, ExecutionSession>();

  constructor(moto: Pick<Moto, "query">, clock: () => number) {
    this.#moto = moto;
    this.#clock = clock;
  }

  /** Session of an access key; undefined when the key does not belong to a function. */
  sessionOf(accessKeyId: string): ExecutionSession | undefined {
    return this.#sessions.get(accessKeyId);
  }

  async assume({ account, region, role, name, arn }: FunctionConfiguration): Promise<RoleCredentials> {
    const reply = await this.#moto.query("sts", account, region, {
      Action: "AssumeRole",
      RoleArn: role,
      RoleSessionName: name,
      DurationSeconds: String(SESSION_SECONDS),
    });
    if (reply.status >= 300)
      throw new Error(`the execution role ${role} of ${name} cannot be assumed: HTTP ${reply.status}`);
    const root = parseXml(reply.body.toString());
    const field = (key: string): string => textAt(root, "AssumeRoleResult", "Credentials", key) ?? "";
    const accessKeyId = field("AccessKeyId");
    const issuedAt = this.#clock();
    this.#sessions.set(accessKeyId, {
      accessKeyId,
      roleArn: role,
      sessionName: name,
      functionArn: arn,
      issuedAt,
    });
    return {
      accessKeyId,
      secretAccessKey: field("SecretAccessKey"),
      sessionToken: field("SessionToken"),
      expiresAt: issuedAt + SESSION_SECONDS * 1000,
    };
  }
}
