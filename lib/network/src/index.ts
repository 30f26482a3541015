export { addressIn, canonical, contains, overlap, prefixLength, publicCoverage } from "./cidr";
export { dnsVerdict, type DnsVerdict } from "./dns-firewall";
export { vpcKinds, type VpcEnds } from "./equal-vpcs";
export {
  NO_FACTS,
  type AttachmentFact,
  type DnsFirewallFact,
  type DnsFirewallRuleFact,
  type EndpointFact,
  type NetworkAclFact,
  type NetworkAclRuleFact,
  type NetworkFacts,
  type PeeringFact,
  type PrefixListFact,
  type RecordFact,
  type ResolverFact,
  type ResolverRuleFact,
  type RouteFact,
  type RouteTableFact,
  type RuleFact,
  type SecurityGroupFact,
  type SubnetFact,
  type TransitRouteFact,
  type TransitRouteTableFact,
  type VpcFact,
  type ZoneFact,
} from "./facts";
export { NotModelled } from "./not-modelled";
export { resolveName, zoneFor, type Resolution } from "./name-resolution";
export type { EndpointPath, NetworkPlace } from "./place";
export { reach, type Reach, type Reached, type Refused, type Source } from "./reach";
export {
  routeFor,
  routeTableOf,
  traceTransitGateway,
  traceRoute,
  type Destination,
  type RouteTrace,
} from "./routes";
export { admits, defaultGroupOf, type Peer } from "./security-groups";
export { isAwsName, isWithin, normalName, publicNameOf, serves } from "./service-names";
export {
  ADDRESS_ON_THE_INTERNET,
  DEFAULT_VANTAGE,
  INTERNET,
  sourceOf,
  UnknownVantage,
  vantagesOf,
} from "./vantage";
