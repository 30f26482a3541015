import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { AwsError } from "../../server/aws-error";
import { formOf } from "../../server/form";
import { AttachmentOperations } from "./attachment-operations";
import { DeletionOperations } from "./deletion-operations";
import type { Ec2Context, Ec2Operation } from "./ec2-context";
import { EndpointOperations } from "./endpoint-operations";
import { GatewayOperations } from "./gateway-operations";
import { InterfaceOperations } from "./interface-operations";
import { RouteOperations } from "./route-operations";
import { RuleOperations } from "./rule-operations";
import { SubnetOperations } from "./subnet-operations";
import { TagOperations } from "./tag-operations";
import { TransitDeletions } from "./transit-deletions";
import { missingTransitPart } from "./transit-existence";

/** EC2: moto, with corrections for the operations that it answers differently from AWS. */
export class Ec2Service implements ServiceHandler {
  readonly #context: Ec2Context;
  readonly #operations: ReadonlyMap<string, Ec2Operation>;

  constructor(context: Ec2Context) {
    this.#context = context;
    this.#operations = new Map([
      ...new GatewayOperations(context).operations,
      ...new AttachmentOperations(context).operations,
      ...new DeletionOperations(context).operations,
      ...new EndpointOperations(context).operations,
      ...new InterfaceOperations(context).operations,
      ...new RouteOperations(context).operations,
      ...new RuleOperations(context).operations,
      ...new SubnetOperations(context).operations,
      ...new TagOperations(context).operations,
      ...new TransitDeletions(context).operations,
    ]);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const operation = this.#operations.get(call.operation);
    const form = formOf(call);
    try {
      return operation ? await operation(call, form) : await this.#context.moto.forward(call);
    } catch (error) {
      // moto crashes at many ids that are not there, which looks like an operation that it does not implement.
      const isCrash = error instanceof AwsError && error.code === "NotImplemented";
      throw (isCrash ? await missingTransitPart(this.#context, call, form) : undefined) ?? error;
    }
  }
}
