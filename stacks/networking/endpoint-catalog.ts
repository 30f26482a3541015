import type { Config } from "@studio-access/config";

/** A service that the hub offers to every spoke through an interface endpoint and a private zone. */
export interface CentralService {
  /** VPC endpoint service, for a region. The shape differs between services. */
  readonly serviceName: (region: string) => string;
  /** Name of the private zone, for a region. */
  readonly zoneName: (region: string) => string;
  /** Whether callers use names below the zone's (`*.zone`) rather than the zone's own. */
  readonly wildcard: boolean;
}

function standard(service: string, name: string): CentralService {
  return {
    serviceName: (region) => `com.amazonaws.${region}.${service}`,
    zoneName: (region) => `${name}.${region}.amazonaws.com`,
    wildcard: false,
  };
}

/**
 * Services with an endpoint and a zone in the hub. `execute-api` is not among them: its endpoint is central too, but
 * the zone is for this API's name alone and lives in the access stack.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
 */
export const CENTRAL_SERVICES = {
  "sagemaker-api": standard("sagemaker.api", "api.sagemaker"),
  "sagemaker-runtime": standard("sagemaker.runtime", "runtime.sagemaker"),
  studio: {
    serviceName: (region) => `aws.sagemaker.${region}.studio`,
    zoneName: (region) => `studio.${region}.sagemaker.aws`,
    wildcard: true,
  },
  sts: standard("sts", "sts"),
  logs: standard("logs", "logs"),
  "ecr-api": standard("ecr.api", "api.ecr"),
  "ecr-dkr": { ...standard("ecr.dkr", "dkr.ecr"), wildcard: true },
  kms: standard("kms", "kms"),
  monitoring: standard("monitoring", "monitoring"),
  servicecatalog: standard("servicecatalog", "servicecatalog"),
  elasticfilesystem: standard("elasticfilesystem", "elasticfilesystem"),
} as const satisfies Record<string, CentralService>;

export type CentralServiceName = keyof typeof CENTRAL_SERVICES;

/** The name that callers ask for, as its record has it: `*.` begins one for every name below. */
export function recordName(service: CentralService, region: string): string {
  const zoneName = service.zoneName(region);
  return service.wildcard ? `*.${zoneName}` : zoneName;
}

/** The services that Studio and the presign function need. */
const ALWAYS: readonly CentralServiceName[] = ["sagemaker-api", "sagemaker-runtime", "studio", "sts", "logs"];

export function centralServices(config: Pick<Config, "network">): readonly CentralServiceName[] {
  return [...ALWAYS, ...config.network.additionalEndpoints];
}
