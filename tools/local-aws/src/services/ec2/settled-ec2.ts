import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { textAt } from "../../server/xml";
import { describeItems } from "../vpc-lookup";

/** An account that nobody uses: what is tried in it shows up nowhere. */
const SCRATCH_ACCOUNT = "000000000000";

/**
 * EC2, asked a little in advance.
 *
 * All of moto's EC2 answers are written with the help of one table. The first DescribeKeyPairs and the first
 * CreateVpcPeeringConnection each add a row to it; whatever answer is being written in another thread at that moment
 * breaks off ("dictionary changed size during iteration"), after its work was done. So both are asked once before the
 * first call goes through.
 */
export class SettledEc2 implements ServiceHandler {
  readonly #moto: Pick<Moto, "query">;
  readonly #ec2: ServiceHandler;
  #settled: Promise<void> | undefined;

  constructor(moto: Pick<Moto, "query">, ec2: ServiceHandler) {
    this.#moto = moto;
    this.#ec2 = ec2;
  }

  async handle(call: AwsCall): Promise<Reply> {
    this.#settled ??= settle(this.#moto, call.region);
    await this.#settled;
    return await this.#ec2.handle(call);
  }
}

async function settle(moto: Pick<Moto, "query">, region: string): Promise<void> {
  await moto.query("ec2", SCRATCH_ACCOUNT, region, { Action: "DescribeKeyPairs" });
  const place = { account: SCRATCH_ACCOUNT, region };
  // Every account of moto's has a default VPC.
  const [vpc] = await describeItems(moto, place, "DescribeVpcs", {}, "vpcSet");
  const id = vpc && textAt(vpc, "vpcId");
  if (id === undefined) return;
  await moto.query("ec2", SCRATCH_ACCOUNT, region, {
    Action: "CreateVpcPeeringConnection",
    VpcId: id,
    PeerVpcId: id,
  });
}
