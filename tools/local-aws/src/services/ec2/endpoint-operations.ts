import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { parameter } from "../../server/form";
import { statementsOf } from "../policy-text";
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
    ["ModifyVpcEndpoint", (call, form) => this.#modify(call, form)],
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
    return await this.#modify(call, form);
  }

  async #modify(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    requirePolicy(form.get("PolicyDocument") ?? "");
    return await this.#context.moto.forward(call);
  }
}

/** Characters of an endpoint's policy, white space included. */
const LONGEST_POLICY = 20_480;

/**
 * The words for a policy without principals, and for one that is too long, are our reading.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html and
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 *
 * @param text - empty when the call leaves the policy as it is
 * @throws {AwsError} `InvalidPolicyDocument`
 */
function requirePolicy(text: string): void {
  if (text === "") return;
  const statements = statementsOf(text);
  if (statements === undefined)
    throw invalidPolicy("The specified policy document is not a valid JSON policy document.");
  if (!statements.every((statement) => "Principal" in statement || "NotPrincipal" in statement))
    throw invalidPolicy("The specified policy document has a statement without a principal.");
  if (text.length > LONGEST_POLICY)
    throw invalidPolicy(`The specified policy document has more than ${LONGEST_POLICY} characters.`);
}

function invalidPolicy(message: string): AwsError {
  return new AwsError("InvalidPolicyDocument", message);
}

function isOffered(name: string, region: string): boolean {
  if (name === GLOBAL) return true;
  if (name.startsWith("aws.sagemaker.") && !SAGEMAKER.test(name)) return false;
  return /^(?:com|cn|aws)\./.test(name) && name.split(".").includes(region);
}
