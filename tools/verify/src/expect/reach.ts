import type { Expected } from "../matrices/matrix";
import { UNEXPECTED } from "../matrices/matrix";
import { corporateId, INTERNET } from "../matrices/vantages";
import type { Config } from "@studio-access/config";
import { namePrefix } from "./roles";
import { API, centralServices, serviceHosts } from "./services";

/** What one vantage is to see of a service. */
type View = (service: string) => string;

const REFUSED = "refused";
const PUBLIC = "public";

export function expectedReach(config: Config): Expected {
  const views = new Map(viewsOf(config));
  const columns = serviceHosts(config).map(({ id }) => id);
  return {
    name: "reach",
    rows: [...views.keys()],
    columns,
    outcome: (row, column) => (columns.includes(column) ? views.get(row)?.(column) : undefined) ?? UNEXPECTED,
  };
}

function hub(service: string): string {
  return `endpoint networking/${service}`;
}

/** Central services and nothing else; `own` are gateway endpoints of the VPC itself. */
function spoke(stack: string, central: readonly string[], own: readonly string[]): View {
  return (service) => {
    if (central.includes(service)) return hub(service);
    return own.includes(service) ? `endpoint ${stack}/${service}` : REFUSED;
  };
}

function viewsOf(config: Config): readonly (readonly [string, View])[] {
  const central = centralServices(config);
  const hubEndpoint = (service: string): string => (service === API ? hub("execute-api") : hub(service));
  const access = spoke("access", ["sts", "sagemaker-api"], ["dynamodb"]);
  const corporate: View = (service) =>
    central.includes(service) || service === API ? hubEndpoint(service) : PUBLIC;
  // The simulator has an internet of its own, and the two private names that a user needs.
  const simulator: View = (service) =>
    service === "studio" || service === API ? hubEndpoint(service) : PUBLIC;
  return [
    // The endpoints are for the spokes and the corporate network: nothing of ours runs in the hub itself.
    ["networking", () => REFUSED],
    ["access", access],
    ...config.linesOfBusiness.flatMap(({ name }) => {
      const view = spoke(name, central, ["s3"]);
      return [[name, view] as const, [`Studio of ${name}`, view] as const];
    }),
    ...((config.onPremise ?? null) === null ? [] : [["on-premise", simulator] as const]),
    [`function ${namePrefix(config)}-presign`, access],
    // The presign function once more, for operators: the same role, so it is no row of its own among the permissions.
    ...(config.smokeTest === true ? [[`function ${namePrefix(config)}-smoke`, access] as const] : []),
    ...(config.network.resolver.inbound
      ? config.network.corporateCidrs.map((cidr) => [corporateId(cidr), corporate] as const)
      : []),
    [INTERNET, () => PUBLIC],
  ];
}
