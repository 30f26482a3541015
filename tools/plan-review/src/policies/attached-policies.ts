import type { Attributes, ResourceChange, StackPlan } from "../model";
import type { ComparedKind, NamedDocument } from "../policy-change";
import { isUnknown, textOf } from "../rules/changes";
import type { AttachedPolicy } from "./attached-policy";
import { inlinePolicies } from "./inline-policies";
import { lambdaPermission } from "./lambda-permission";
import { otherPolicies, POLICY_PLACES, type PolicyPlace } from "./policy-places";

function documentOf(
  attributes: Attributes | null,
  { attribute }: PolicyPlace,
  name: string,
): NamedDocument | undefined {
  const document = attributes?.[attribute];
  return document === undefined || document === null || document === "" ? undefined : { name, document };
}

function targetOf(resource: ResourceChange, { target }: PolicyPlace): string | undefined {
  if (target === undefined) return resource.address;
  return (
    textOf(resource.after, target) ??
    (isUnknown(resource, target) ? undefined : textOf(resource.before, target))
  );
}

function nameOf(resource: ResourceChange, { attribute }: PolicyPlace): string {
  const own = textOf(resource.after, "name") ?? textOf(resource.before, "name");
  if (attribute === "assume_role_policy") return "the trust policy";
  return own === undefined ? "the policy" : `policy "${own}"`;
}

/** The kind of a policy. That of an endpoint follows from the endpoint's type, which a separate policy does not hold. */
function kindOf(
  { type, before, after }: ResourceChange,
  { kind }: PolicyPlace,
  plan: StackPlan,
): ComparedKind {
  if (kind !== "endpoint") return kind;
  const id = textOf(after, "vpc_endpoint_id") ?? textOf(before, "vpc_endpoint_id");
  const endpoints =
    type === "aws_vpc_endpoint"
      ? [{ before, after }]
      : plan.resources.filter(
          (each) =>
            each.type === "aws_vpc_endpoint" &&
            [textOf(each.after, "id"), textOf(each.before, "id"), each.address].includes(id),
        );
  const isGateway = endpoints.some(
    (each) => (textOf(each.after, TYPE) ?? textOf(each.before, TYPE)) === "Gateway",
  );
  return isGateway ? "gateway_endpoint" : "endpoint";
}

const TYPE = "vpc_endpoint_type";

function attached(resource: ResourceChange, place: PolicyPlace, plan: StackPlan): AttachedPolicy {
  const name = nameOf(resource, place);
  return {
    resource,
    kind: kindOf(resource, place, plan),
    attribute: place.attribute,
    target: targetOf(resource, place),
    isSeparate: place.target !== undefined,
    before: documentOf(resource.before, place, name),
    after: documentOf(resource.after, place, name),
    isUnknown: resource.after !== null && isUnknown(resource, place.attribute),
  };
}

function placesOf(resource: ResourceChange): readonly PolicyPlace[] {
  const listed = POLICY_PLACES.get(resource.type) ?? [];
  const known = new Set(listed.map(({ attribute }) => attribute));
  const others = [...otherPolicies(resource.before), ...otherPolicies(resource.after)].filter(
    ({ attribute }) => !known.has(attribute),
  );
  return [...listed, ...new Map(others.map((place) => [place.attribute, place])).values()];
}

/** Every policy document of a stack that is there before or after, with what it is attached to. */
export function attachedPolicies(plan: StackPlan): readonly AttachedPolicy[] {
  const managed = plan.resources.filter(({ mode }) => mode === "managed");
  return managed.flatMap((resource) => {
    if (resource.type === "aws_lambda_permission") return [lambdaPermission(resource)];
    const own = placesOf(resource).map((place) => attached(resource, place, plan));
    return resource.type === "aws_iam_role" ? [...own, ...inlinePolicies(resource)] : own;
  });
}
