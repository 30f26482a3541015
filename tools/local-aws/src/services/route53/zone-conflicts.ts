import { AwsError } from "../../server/aws-error";
import type { Moto } from "../../server/call";
import { parseXml, textAt } from "../../server/xml";
import { summariesIn } from "./zone-summaries";
import type { ZoneRegistry, ZoneVpc } from "./zone-registry";

const ZONES = "/2013-04-01";

/** A VPC has one private zone of a name, in whichever account. moto associates it with as many as asked for, and twice. */
export class ZoneConflicts {
  readonly #moto: Pick<Moto, "rest">;
  readonly #zones: Pick<ZoneRegistry, "owners">;

  constructor(moto: Pick<Moto, "rest">, zones: Pick<ZoneRegistry, "owners">) {
    this.#moto = moto;
    this.#zones = zones;
  }

  /**
   * Refuses an association, also with the zone that the VPC has already: AWS does so in the same words.
   *
   * Words as in https://github.com/infrablocks/terraform-aws-base-networking/issues/4
   *
   * @param owner - account of the zone
   * @throws {AwsError} `ConflictingDomainExists`
   */
  async requireAssociable(vpc: ZoneVpc, zoneId: string, owner: string): Promise<void> {
    const reply = await this.#moto.rest("route53", owner, vpc.region, "GET", `${ZONES}/hostedzone/${zoneId}`);
    // What is not there is moto's to refuse.
    if (reply.status >= 300) return;
    const name = textAt(parseXml(reply.body.toString()), "HostedZone", "Name") ?? "";
    if (!(await this.#namesOf(vpc)).includes(name)) return;
    throw new AwsError(
      "ConflictingDomainExists",
      `The VPC that you chose, ${vpc.id} in region ${vpc.region}, is already associated with another private hosted ` +
        `zone that has an overlapping name space, ${name}.`,
    );
  }

  /**
   * Refuses a new zone.
   *
   * Words from the description of the error in AWS's API reference.
   *
   * @throws {AwsError} `ConflictingDomainExists`
   */
  async requireFreeName(vpc: ZoneVpc, name: string): Promise<void> {
    const names = await this.#namesOf(vpc);
    if (!names.includes(name.endsWith(".") ? name : `${name}.`)) return;
    throw new AwsError(
      "ConflictingDomainExists",
      "A hosted zone with the specified name already exists and is already associated with the Amazon VPC that you specified.",
    );
  }

  /** Names of the VPC's zones in all accounts. */
  async #namesOf({ id, region }: ZoneVpc): Promise<string[]> {
    const query = new URLSearchParams({ vpcid: id, vpcregion: region }).toString();
    const replies = await Promise.all(
      this.#zones.owners.map((account) =>
        this.#moto.rest("route53", account, region, "GET", `${ZONES}/hostedzonesbyvpc?${query}`),
      ),
    );
    return replies
      .filter(({ status }) => status < 300)
      .flatMap(({ body }) => summariesIn(parseXml(body.toString())))
      .map((summary) => textAt(summary, "Name") ?? "");
  }
}
