import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { parameter } from "../../server/form";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/** The one service of AWS's without a region in its name. */
const GLOBAL = "com.amazonaws.s3-global.accesspoint";

/** Services that have names of another form, and what of them can be had. */
const SAGEMAKER = /^aws\.sagemaker\.[^.]+\.(?:studio|notebook|experiments|partner-app)(?:-fips)?$/;

/**
 * VPC endpoints, of which moto makes any. Which services a region offers is not known here; a name of another region, or of
 * another form than AWS's, is no region's.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class EndpointOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["CreateVpcEndpoint", (call, form) => this.#create(call, form)],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #create(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const name = parameter(form, "ServiceName");
    // An endpoint of a resource or a service network names none.
    if (name !== "" && !isOffered(name, form.get("ServiceRegion") ?? call.region))
      throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
    return await this.#context.moto.forward(call);
  }
}

function isOffered(name: string, region: string): boolean {
  if (name === GLOBAL) return true;
  if (name.startsWith("aws.sagemaker.") && !SAGEMAKER.test(name)) return false;
  return /^(?:com|cn|aws)\./.test(name) && name.split(".").includes(region);
}
