import type { Expected } from "../matrices/matrix";
import { UNEXPECTED } from "../matrices/matrix";
import { LEAVES, STAYS } from "../matrices/dns-question";
import { BY_ADDRESS } from "../matrices/reach-matrix";
import { corporateId, INTERNET } from "../matrices/vantages";
import type { Config } from "@studio-access/config";
import { namePrefix } from "./roles";
import { API, centralServices, DOMAIN, OTHER_NAMES, serviceHosts } from "./services";

/** The expected outcome at one vantage, by service. */
type View = (service: string) => string;

const REFUSED = "refused";
const PUBLIC = "public";

export function expectedReach(config: Config): Expected {
  const views = new Map(viewsOf(config));
  const columns = [...serviceHosts(config).map(({ id }) => id), OTHER_NAMES];
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

function isApi(service: string): boolean {
  return service === API || service === DOMAIN;
}

/** A spoke reaches the central services and nothing else. `own`: services with a gateway endpoint in the spoke's VPC. */
function spoke(stack: string, central: readonly string[], own: readonly string[]): View {
  return (service) => {
    if (service === OTHER_NAMES) return STAYS;
    if (central.includes(service)) return hub(service);
    return own.includes(service) ? `endpoint ${stack}/${service}` : REFUSED;
  };
}

function viewsOf(config: Config): readonly (readonly [string, View])[] {
  const central = centralServices(config);
  const hubEndpoint = (service: string): string => (isApi(service) ? hub("execute-api") : hub(service));
  const access = spoke("access", ["sts", "sagemaker-api"], ["dynamodb"]);
  // The hub's resolver answers for the endpoints' names alone. Where the other addresses are, a company's own tell.
  const corporate: View = (service) => {
    if (service === OTHER_NAMES) return STAYS;
    return central.includes(service) || isApi(service) ? hubEndpoint(service) : `${PUBLIC}${BY_ADDRESS}`;
  };
  // The simulated office reaches the internet by its own NAT gateway, and has the private zones of Studio, of SageMaker's
  // API, which Studio's pages call, and of our API.
  const simulator: View = (service) => {
    if (service === OTHER_NAMES) return LEAVES;
    return ["studio", "sagemaker-api"].includes(service) || isApi(service) ? hubEndpoint(service) : PUBLIC;
  };
  return [
    // The endpoints admit the spokes and the corporate network only, because nothing runs in the hub's own VPC.
    ["networking", (service) => (service === OTHER_NAMES ? STAYS : REFUSED)],
    ["access", access],
    ...config.linesOfBusiness.flatMap(({ name }) => {
      const view = spoke(name, central, ["s3"]);
      return [[name, view] as const, [`Studio of ${name}`, view] as const];
    }),
    ...((config.onPremise ?? null) === null ? [] : [["on-premise", simulator] as const]),
    [`function ${namePrefix(config)}-presign`, access],
    // The smoke function runs the presign function's code with the presign role, so only the network has a row for it.
    ...(config.smokeTest === true ? [[`function ${namePrefix(config)}-smoke`, access] as const] : []),
    ...(config.network.resolver.inbound
      ? config.network.corporateCidrs.map((cidr) => [corporateId(cidr), corporate] as const)
      : []),
    // Nobody answers for the company's own name there.
    [INTERNET, (service) => (service === OTHER_NAMES ? LEAVES : service === DOMAIN ? REFUSED : PUBLIC)],
  ];
}
