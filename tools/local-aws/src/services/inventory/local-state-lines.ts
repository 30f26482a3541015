import type { LocalState } from "../control-plane";

/** Lines of the resources that the local AWS holds in addition to moto. */
export function localStateLines({
  shares,
  domains,
  zones,
  profiles,
  resolver,
  studio,
}: LocalState): string[] {
  return [
    ...shares.shares
      .filter(({ status }) => status === "ACTIVE")
      .map(({ owner, region, arn }) => `${owner} ${region} ram resource-share ${arn}`),
    ...shares.invitations
      .filter(({ status }) => status === "PENDING")
      .map(({ receiver, share, arn }) => `${receiver} ${share.region} ram invitation ${arn}`),
    ...domains.all.map(({ account, region, arn }) => `${account} ${region} apigateway domain-name ${arn}`),
    ...domains.associations.map(
      ({ account, region, arn }) => `${account} ${region} apigateway access-association ${arn}`,
    ),
    ...zones.authorizations.map(({ account, zoneId, vpc }) => {
      return `${account} global route53 vpc-association-authorization ${zoneId}/${vpc.id}`;
    }),
    ...profiles.leftovers.map(
      ({ place, kind, id }) => `${place.account} ${place.region} route53profiles ${kind} ${id}`,
    ),
    ...resolver.leftovers.map(
      ({ place, kind, id }) => `${place.account} ${place.region} route53resolver ${kind} ${id}`,
    ),
    ...studio.all
      .filter(({ status }) => status !== "Deleted")
      .map(({ account, region, kind, arn }) => `${account} ${region} sagemaker ${kind} ${arn}`),
  ];
}
