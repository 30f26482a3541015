import type { Config } from "@studio-access/config";

/** A service, and the host name that the reach matrix resolves for it. */
export interface ServiceHost {
  readonly id: string;
  /** Undefined for the private API: its host name holds its id, which only the state knows. */
  readonly host: string | undefined;
}

const ALWAYS = ["sagemaker-api", "sagemaker-runtime", "studio", "sts", "logs"] as const;

/** Services with an endpoint and a zone in the hub. */
export function centralServices({ network }: Pick<Config, "network">): readonly string[] {
  return [...ALWAYS, ...network.additionalEndpoints];
}

/** Every name that the config does not call for: whether a query for it leaves the network. */
export const OTHER_NAMES = "any other name, by DNS";

/** The private API. */
export const API = "api";
/** The private API by a name of the company's own. */
export const DOMAIN = "api by its own name";
/** Stands for every other AWS service: the private network must not reach it. */
const ELSEWHERE = "elsewhere";

/** Services whose host names lie one label below the name that their private zone has. */
export const BELOW_ZONE: readonly string[] = ["studio", "ecr-dkr"];

export function serviceHosts(config: Config): readonly ServiceHost[] {
  const { region } = config;
  return [
    ...centralServices(config).map((id) => ({ id, host: hostOf(id, region) })),
    { id: API, host: undefined },
    ...(config.access?.domain === undefined ? [] : [{ id: DOMAIN, host: config.access.domain.name }]),
    { id: "dynamodb", host: `dynamodb.${region}.amazonaws.com` },
    { id: "s3", host: `s3.${region}.amazonaws.com` },
    { id: ELSEWHERE, host: `ec2.${region}.amazonaws.com` },
  ];
}

function hostOf(service: string, region: string): string {
  switch (service) {
    case "studio":
      return `d-example.studio.${region}.sagemaker.aws`;
    case "ecr-dkr":
      return `123456789012.dkr.ecr.${region}.amazonaws.com`;
    case "sagemaker-api":
    case "sagemaker-runtime":
    case "ecr-api":
      return `${[...service.split("-")].reverse().join(".")}.${region}.amazonaws.com`;
    default:
      return `${service}.${region}.amazonaws.com`;
  }
}

/** `com.amazonaws.eu-west-1.sagemaker.api` is `sagemaker-api`, `aws.sagemaker.eu-west-1.studio` is `studio`. */
export function serviceId(serviceName: string): string {
  return serviceName.split(".").slice(3).join("-");
}
