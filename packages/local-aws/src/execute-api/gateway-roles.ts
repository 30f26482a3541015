import { evaluateAssumeRole, evaluateRequest, parsePolicy } from "@studio-access/policy";

import { isWrite } from "../network/write-call";
import type { AwsCall, Moto } from "../server/call";
import type { GatewayCaller, RoleMayInvoke } from "./invoke-permission";
import { readRole, type RoleDocuments } from "./role-reader";

/** What API Gateway calls its sessions. */
const SESSION_NAME = "BackplaneAssumeRoleSession";

/** The roles that APIs name for their calls: whether API Gateway may take one on, and what it may then invoke. */
export class GatewayRoles {
  readonly #moto: Pick<Moto, "query">;
  readonly #roles = new Map<string, Promise<RoleDocuments | undefined>>();

  constructor(moto: Pick<Moto, "query">) {
    this.#moto = moto;
  }

  readonly mayInvoke: RoleMayInvoke = async (roleArn, functionArn, caller) => {
    const role = await this.#read(roleArn);
    return role !== undefined && trusts(role, roleArn, caller) && allows(role, roleArn, functionArn);
  };

  /** To be told of every successful call. */
  observe(call: Pick<AwsCall, "service" | "operation" | "method">): void {
    if (call.service === "iam" && isWrite(call)) this.#roles.clear();
  }

  async #read(roleArn: string): Promise<RoleDocuments | undefined> {
    const reading = this.#roles.get(roleArn) ?? readRole(this.#moto, roleArn);
    this.#roles.set(roleArn, reading);
    try {
      return await reading;
    } catch (error) {
      this.#roles.delete(roleArn);
      throw error;
    }
  }
}

function trusts({ trust }: RoleDocuments, roleArn: string, { account, sourceArn }: GatewayCaller): boolean {
  return evaluateAssumeRole({
    caller: { type: "service", name: "apigateway.amazonaws.com" },
    roleArn,
    roleSessionName: SESSION_NAME,
    identityPolicies: [],
    trustPolicy: parsePolicy(trust, { name: `trust policy of ${roleArn}`, kind: "trust" }),
    context: { "aws:SourceAccount": account, "aws:SourceArn": sourceArn },
  }).allowed;
}

function allows({ policies }: RoleDocuments, roleArn: string, functionArn: string): boolean {
  return evaluateRequest({
    request: {
      principal: { type: "role_session", roleArn, sessionName: SESSION_NAME },
      action: "lambda:InvokeFunction",
      resource: functionArn,
    },
    identityPolicies: policies.map(({ name, text }) => parsePolicy(text, { name, kind: "identity" })),
  }).allowed;
}
