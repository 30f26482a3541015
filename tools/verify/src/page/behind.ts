import type { ResourceInstance } from "@studio-access/terraform";

import { serviceId } from "../expect/services";
import { text } from "../model/attributes";
import type { Recorded, RecordedKind } from "./cell-recorder";

/** The attribute that decides, by the type of a resource that a reason names by its id. */
const DECIDES: Readonly<Record<string, string>> = {
  aws_route_table: "route",
  aws_ec2_transit_gateway_route_table: "its associations and propagations",
  aws_security_group: "its rules",
  aws_vpc_endpoint: "security_group_ids, subnet_ids",
  aws_vpc_peering_connection: "accept_status",
  aws_vpc: "enable_dns_support",
};

const ID = /\b(?:tgw-rtb|vpce|vpc|rtb|pcx|sg)-[0-9a-z]+\b/g;
const POLICY = /(?:allowed by|denied by|allow by|deny by) (.+?), statement /g;

/** Finds the resources and attributes that a red cell's reason names, as Terraform calls them. */
export class Behind {
  readonly #byName = new Map<string, string>();

  constructor(resources: readonly ResourceInstance[]) {
    for (const resource of resources) {
      if (resource.mode !== "managed") continue;
      const decides = DECIDES[resource.type];
      if (decides !== undefined) this.#put(text(resource, "id"), resource, decides);
      for (const [name, attribute] of policiesOf(resource)) this.#put(name, resource, attribute);
    }
  }

  #put(name: string, { stack, address }: ResourceInstance, attribute: string): void {
    if (name !== "" && !this.#byName.has(name)) this.#byName.set(name, `${stack}: ${address}, ${attribute}`);
  }

  /** None for a cell that is as the config calls for, and where the reason names no resource. */
  of({ outcome, expected, reason, steps }: RecordedKind): readonly string[] {
    if (outcome === expected) return [];
    const named = (words: string): readonly string[] => [
      ...(words.match(ID) ?? []),
      ...[...words.matchAll(POLICY)].map(([, policy = ""]) => policy),
    ];
    // The last hop is the one that refuses.
    const first = [...named(reason), ...named(steps.at(-1) ?? "")];
    const names = first.length > 0 ? first : steps.flatMap(named);
    return [...new Set(names.flatMap((name) => this.#byName.get(name) ?? []))];
  }
}

/** What reasons call the policies of a resource, and the attributes in which they stand. */
function policiesOf(resource: ResourceInstance): readonly (readonly [name: string, attribute: string])[] {
  const name = text(resource, "name");
  switch (resource.type) {
    case "aws_iam_role":
      return [[`trust of ${name}`, "assume_role_policy"]];
    case "aws_iam_role_policy":
      return [[`${text(resource, "role")}/${name}`, "policy"]];
    case "aws_iam_policy":
      return [[text(resource, "arn"), "policy"]];
    case "aws_vpc_endpoint":
      return [[`policy of the ${serviceId(text(resource, "service_name"))} endpoint`, "policy"]];
    case "aws_kms_key":
      return [[`policy of ${resource.address}`, "policy"]];
    default:
      return [];
  }
}

/** The kinds of a matrix's cells, each with what stands behind it where it is red. */
export function withBehind({ kinds }: Recorded, behind: Behind): readonly RecordedKind[] {
  return kinds.map((kind) => {
    const found = behind.of(kind);
    return found.length === 0 ? kind : { ...kind, behind: found };
  });
}
