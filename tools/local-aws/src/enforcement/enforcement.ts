import { PolicyError, RequestError, type Organization } from "@studio-access/policy";

import type { IamStore } from "../iam/iam-store";
import type { ExecutionRoles } from "../lambda-runtime/credentials";
import type { FunctionDirectory } from "../lambda-runtime/function-directory";
import type { Network } from "../network/network";
import { internalFailure } from "../server/aws-error";
import type { AwsCall, EndpointPath, Reply } from "../server/call";
import type {
  MayAlso,
  PresignedUrlRecord,
  ResourceTags,
  Sessions,
  WebIdentityOf,
} from "../server/data-plane";
import type { MayUse } from "../studio/studio-mount";
import { actionCheck, checkAction } from "./action-check";
import type { ResolvedCaller, CheckedCaller } from "./caller";
import { CallerResolver } from "./caller-resolver";
import type { AuthorizationCheck } from "./authorization-check";
import { dynamodbCheck } from "./dynamodb-check";
import type { AuthorizationResult } from "./authorization-result";
import { invokeCheck } from "./invoke-check";
import { PolicyEvaluator } from "./policy-evaluator";
import { presignRequest, profileCheck } from "./profile-check";
import { invalidTokenReply, refusalReply } from "./refusal";
import { stsCheck } from "./sts-check";
import { isWebIdentityCall, authorizeWebIdentity } from "./web-identity-check";

export interface EnforcementOptions {
  readonly iam: Pick<IamStore, "role" | "user" | "sessionPolicy">;
  readonly sessions: Sessions;
  readonly webIdentityOf: WebIdentityOf;
  readonly functionSessions: Pick<ExecutionRoles, "sessionOf">;
  readonly functions: Pick<FunctionDirectory, "policyOf">;
  readonly network: Pick<Network, "facts">;
  readonly studioTags: ResourceTags;
  /** The organization of all accounts; undefined when they are in none. */
  readonly organization: Organization | undefined;
  /** Gets a line for each decision: the caller, the action, the endpoint, and the statement that decided. */
  readonly report: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const BY_ACTION = actionCheck();

/** Refuses the calls that the deployed policies do not allow. README.md lists which callers and calls are checked. */
export class Enforcement {
  readonly #options: EnforcementOptions;
  readonly #callerResolver: CallerResolver;
  readonly #evaluator: PolicyEvaluator;
  /** By the signing name of the service. */
  readonly #checks: ReadonlyMap<string, AuthorizationCheck>;
  /** Reasons for which a caller was not checked, each reported once. */
  readonly #operators = new Set<string>();

  constructor(options: EnforcementOptions) {
    this.#options = options;
    this.#callerResolver = new CallerResolver(options);
    this.#evaluator = new PolicyEvaluator(options);
    const evaluator = this.#evaluator;
    this.#checks = new Map([
      ["sts", stsCheck({ iam: options.iam, evaluator })],
      ["sagemaker", profileCheck({ evaluator, tagsOf: options.studioTags })],
      ["dynamodb", dynamodbCheck(evaluator)],
      ["lambda", invokeCheck({ evaluator, functions: options.functions })],
    ]);
  }

  /** @returns AWS's refusal; undefined when the call is allowed */
  async intercept(call: AwsCall): Promise<Reply | undefined> {
    if (isWebIdentityCall(call)) return await this.#webIdentityRefusal(call);
    const check = this.#checkOf(call);
    if (!check) return undefined;
    const caller = await this.#callerOf(call.accessKeyId, `${call.service} ${call.operation}`);
    switch (caller.kind) {
      case "operator":
        this.#letPass(caller.why);
        return undefined;
      case "invalid":
        this.#options.report(`DENIED ${call.service} ${call.operation}: ${caller.why}`);
        return invalidTokenReply(call, caller.why);
      case "checked":
        return await this.#refusal(call, check, caller.caller);
    }
  }

  /** A signed call that has no check of its own is checked by its action alone. */
  #checkOf(call: AwsCall): AuthorizationCheck | undefined {
    const ofService = this.#checks.get(call.service);
    if (ofService?.appliesTo(call)) return ofService;
    return call.accessKeyId === undefined ? undefined : BY_ACTION;
  }

  /** Must see every successful call, to know the access keys and sessions that it issued. */
  async observe(call: AwsCall, reply: Reply): Promise<void> {
    await this.#callerResolver.observe(call, reply);
  }

  /** AWS evaluates the policies of the role that created a URL again, on every request that uses the URL. */
  readonly mayUse: MayUse = async (record, endpoint) => {
    const caller = await this.#callerOf(record.accessKeyId, "use of a Studio URL");
    switch (caller.kind) {
      case "operator":
        this.#letPass(caller.why);
        return { allowed: endpoint !== undefined };
      case "invalid":
        this.#options.report(`DENIED use of a Studio URL: ${caller.why}`);
        return { allowed: false, deniedBy: caller.why };
      case "checked": {
        const { allowed, why } = await this.#use(record, endpoint, caller.caller);
        return allowed ? { allowed } : { allowed, deniedBy: why };
      }
    }
  };

  /** By the action alone, like every call that has no check of its own. */
  readonly mayAlso: MayAlso = async (call, action) => {
    const what = `${action} for the answer to ${call.operation}`;
    const caller = await this.#callerOf(call.accessKeyId, what);
    if (caller.kind !== "checked") return caller.kind === "operator";
    const result = await this.#evaluated(what, () => Promise.resolve(checkAction(caller.caller, action)));
    this.#report(result, call.endpoint, `for the answer to ${call.operation}, by its action alone, `);
    return result.allowed;
  };

  async #callerOf(accessKeyId: string | undefined, what: string): Promise<ResolvedCaller> {
    return await this.#evaluated(what, () => this.#callerResolver.resolve(accessKeyId));
  }

  async #webIdentityRefusal(call: AwsCall): Promise<Reply | undefined> {
    const what = `${call.service} ${call.operation}`;
    const options = { ...this.#options, evaluator: this.#evaluator };
    const result = await this.#evaluated(what, () => authorizeWebIdentity(call, options));
    this.#report(result, call.endpoint);
    return result.allowed ? undefined : refusalReply(call, result);
  }

  async #refusal(
    call: AwsCall,
    check: AuthorizationCheck,
    caller: CheckedCaller,
  ): Promise<Reply | undefined> {
    const what = `${call.service} ${call.operation} by ${caller.arn}`;
    const results = await this.#evaluated(what, () => check.authorize(call, caller));
    const how = check === BY_ACTION ? "by its action alone, " : "";
    for (const result of results) this.#report(result, call.endpoint, how);
    const denied = results.find(({ allowed }) => !allowed);
    return denied && refusalReply(call, denied);
  }

  async #use(
    record: PresignedUrlRecord,
    endpoint: EndpointPath | undefined,
    caller: CheckedCaller,
  ): Promise<AuthorizationResult> {
    const origin = { region: record.region, endpoint, userAgent: undefined };
    const request = presignRequest(record, this.#options.studioTags);
    const result = await this.#evaluated(`use of a Studio URL of ${caller.arn}`, () =>
      this.#evaluator.evaluate(origin, caller, request),
    );
    this.#report(result, endpoint, "use of a Studio URL, ");
    return result;
  }

  /** A request that cannot be evaluated is neither allowed nor denied: the local AWS reports an error of its own. */
  async #evaluated<Result>(what: string, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PolicyError || error instanceof RequestError)) throw error;
      this.#options.report(`NOT EVALUATED ${what}: ${error.message}`);
      throw internalFailure(`the local AWS cannot evaluate ${what}: ${error.message}`);
    }
  }

  #report(result: AuthorizationResult, endpoint: EndpointPath | undefined, what = ""): void {
    const { allowed, who, action, actions, resource, why } = result;
    const through = endpoint ? `through ${endpoint.vpcEndpointId}` : "without an endpoint";
    const did = allowed ? `allowed ${what}${actions.join(", ")}` : `DENIED ${what}${action}`;
    this.#options.report(`${did}: ${who} on ${resource} ${through}: ${why}`);
  }

  #letPass(why: string): void {
    if (this.#operators.has(why)) return;
    this.#operators.add(why);
    this.#options.report(`not checked, as an operator: ${why}`);
  }
}
