import { PolicyError, RequestError, type Organization } from "@studio-access/policy";

import type { IamStore } from "../iam/iam-store";
import type { ExecutionRoles } from "../lambda-runtime/credentials";
import type { FunctionDirectory } from "../lambda-runtime/function-directory";
import type { Network } from "../network/network";
import { internalFailure } from "../server/aws-error";
import type { AwsCall, EndpointPath, Reply } from "../server/call";
import type { PresignedUrlRecord, ResourceTags, Sessions, WebIdentityOf } from "../server/data-plane";
import type { MayUse } from "../studio/studio-mount";
import { actionCheck } from "./action-check";
import type { Caller, CheckedCaller } from "./caller";
import { Callers } from "./callers";
import type { Check } from "./check";
import { dynamodbCheck } from "./dynamodb-check";
import type { Finding } from "./finding";
import { invokeCheck } from "./invoke-check";
import { Judge } from "./judge";
import { presignCheck, presignQuestion } from "./presign-check";
import { invalidTokenReply, refusalReply } from "./refusal";
import { stsCheck } from "./sts-check";
import { isWebIdentityCall, webIdentityFinding } from "./web-identity-check";

export interface EnforcementOptions {
  readonly iam: Pick<IamStore, "role" | "user" | "sessionPolicy">;
  readonly sessions: Sessions;
  readonly webIdentityOf: WebIdentityOf;
  readonly functionSessions: Pick<ExecutionRoles, "sessionOf">;
  readonly functions: Pick<FunctionDirectory, "policyOf">;
  readonly network: Pick<Network, "facts">;
  readonly studioTags: ResourceTags;
  /** Of all accounts; undefined when they are in none. */
  readonly organization: Organization | undefined;
  /** Takes a line for each decision: who, what, through which endpoint, and which statement decided. */
  readonly report: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const BY_ACTION = actionCheck();

/** Refuses what AWS would refuse, from the policies that are deployed. README.md says of whom, and of what. */
export class Enforcement {
  readonly #options: EnforcementOptions;
  readonly #callers: Callers;
  readonly #judge: Judge;
  /** By signing name. */
  readonly #checks: ReadonlyMap<string, Check>;
  /** Reasons for which somebody was not checked, each reported once. */
  readonly #operators = new Set<string>();

  constructor(options: EnforcementOptions) {
    this.#options = options;
    this.#callers = new Callers(options);
    this.#judge = new Judge(options);
    const judge = this.#judge;
    this.#checks = new Map([
      ["sts", stsCheck({ iam: options.iam, judge })],
      ["sagemaker", presignCheck({ judge, tagsOf: options.studioTags })],
      ["dynamodb", dynamodbCheck(judge)],
      ["lambda", invokeCheck({ judge, functions: options.functions })],
    ]);
  }

  /** AWS's refusal; undefined to let the call pass. */
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

  /** What is signed and has no check of its own is judged by its action. */
  #checkOf(call: AwsCall): Check | undefined {
    const ofService = this.#checks.get(call.service);
    if (ofService?.concerns(call)) return ofService;
    return call.accessKeyId === undefined ? undefined : BY_ACTION;
  }

  /** To be told of every successful call. */
  async observe(call: AwsCall, reply: Reply): Promise<void> {
    await this.#callers.observe(call, reply);
  }

  /** AWS asks the policies of the role that made a URL again, on every request that uses it. */
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

  async #callerOf(accessKeyId: string | undefined, what: string): Promise<Caller> {
    return await this.#answered(what, () => this.#callers.of(accessKeyId));
  }

  async #webIdentityRefusal(call: AwsCall): Promise<Reply | undefined> {
    const what = `${call.service} ${call.operation}`;
    const options = { ...this.#options, judge: this.#judge };
    const finding = await this.#answered(what, () => webIdentityFinding(call, options));
    this.#report(finding, call.endpoint);
    return finding.allowed ? undefined : refusalReply(call, finding);
  }

  async #refusal(call: AwsCall, check: Check, caller: CheckedCaller): Promise<Reply | undefined> {
    const what = `${call.service} ${call.operation} by ${caller.arn}`;
    const findings = await this.#answered(what, () => check.judge(call, caller));
    const how = check === BY_ACTION ? "by its action alone, " : "";
    for (const finding of findings) this.#report(finding, call.endpoint, how);
    const denied = findings.find(({ allowed }) => !allowed);
    return denied && refusalReply(call, denied);
  }

  async #use(
    record: PresignedUrlRecord,
    endpoint: EndpointPath | undefined,
    caller: CheckedCaller,
  ): Promise<Finding> {
    const way = { region: record.region, endpoint, userAgent: undefined };
    const question = presignQuestion(record, this.#options.studioTags);
    const finding = await this.#answered(`use of a Studio URL of ${caller.arn}`, () =>
      this.#judge.request(way, caller, question),
    );
    this.#report(finding, endpoint, "use of a Studio URL, ");
    return finding;
  }

  /** A question that has no answer is neither allowed nor denied: it is a fault of the local AWS, or of the policy. */
  async #answered<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PolicyError || error instanceof RequestError)) throw error;
      this.#options.report(`NO ANSWER to ${what}: ${error.message}`);
      throw internalFailure(`the local AWS cannot judge ${what}: ${error.message}`);
    }
  }

  #report(finding: Finding, endpoint: EndpointPath | undefined, what = ""): void {
    const { allowed, who, action, actions, resource, why } = finding;
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
