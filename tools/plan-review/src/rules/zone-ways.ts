import type { ResourceChange, StackPlan } from "../model";
import { textOf } from "./changes";

/** What each way by which a VPC has the hub's zones is made of, with the attribute that names the VPC. */
const BY_ASSOCIATION: ReadonlyMap<string, string> = new Map([
  ["aws_route53_zone_association", "vpc_id"],
  ["aws_route53_vpc_association_authorization", "vpc_id"],
]);
const BY_PROFILE: ReadonlyMap<string, string> = new Map([["aws_route53profiles_association", "resource_id"]]);

/**
 * Whether what goes is one of a VPC's two ways to the hub's zones, and the other way is there already and this plan leaves it
 * as it is. One that the same plan makes does not count, since Terraform deletes and creates at the same time.
 */
export function namesStay(resource: ResourceChange, { resources }: StackPlan): boolean {
  const [own, other] = BY_PROFILE.has(resource.type)
    ? [BY_PROFILE, BY_ASSOCIATION]
    : [BY_ASSOCIATION, BY_PROFILE];
  const vpc = vpcOf(resource, own);
  if (vpc === undefined) return false;
  const ofOther = resources.filter(({ mode, type }) => mode === "managed" && other.has(type));
  return ofOther.some((each) => vpcOf(each, other) === vpc) && ofOther.every(({ kind }) => kind === "no-op");
}

function vpcOf({ type, before }: ResourceChange, way: ReadonlyMap<string, string>): string | undefined {
  const attribute = way.get(type);
  return attribute === undefined ? undefined : textOf(before, attribute);
}
