import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { textAt } from "../../server/xml";
import { describeItems } from "../vpc-lookup";

/** An account that nobody uses, so that resources in it are never listed. */
const SCRATCH_ACCOUNT = "000000000000";

/**
 * EC2 with a warm-up of moto before the first call.
 *
 * moto renders all replies of EC2 from one dictionary. The first DescribeKeyPairs and the first
 * CreateVpcPeeringConnection each add an entry to it. A reply that another thread renders at that moment fails with
 * "dictionary changed size during iteration" after its operation was done. So both operations are called once before the
 * first call is answered.
 */
export class WarmedUpEc2 implements ServiceHandler {
  readonly #moto: Pick<Moto, "query">;
  readonly #ec2: ServiceHandler;
  #warmUp: Promise<void> | undefined;

  constructor(moto: Pick<Moto, "query">, ec2: ServiceHandler) {
    this.#moto = moto;
    this.#ec2 = ec2;
  }

  async handle(call: AwsCall): Promise<Reply> {
    this.#warmUp ??= warmUp(this.#moto, call.region);
    await this.#warmUp;
    return await this.#ec2.handle(call);
  }
}

async function warmUp(moto: Pick<Moto, "query">, region: string): Promise<void> {
  await moto.query("ec2", SCRATCH_ACCOUNT, region, { Action: "DescribeKeyPairs" });
  const place = { account: SCRATCH_ACCOUNT, region };
  // Every account in moto has a default VPC.
  const [vpc] = await describeItems(moto, place, "DescribeVpcs", {}, "vpcSet");
  const id = vpc && textAt(vpc, "vpcId");
  if (id === undefined) return;
  await moto.query("ec2", SCRATCH_ACCOUNT, region, {
    Action: "CreateVpcPeeringConnection",
    VpcId: id,
    PeerVpcId: id,
  });
}
