import {
  namedAccounts,
  type Config,
  type DomainConfig,
  type Draft,
  type NamedAccount,
  type Validation,
} from "@studio-access/config";

export type S3State = Extract<Config["state"], { readonly backend: "s3" }>;

/** The parts of a config that the doctor reads. */
export interface DoctorConfig {
  readonly environment: string;
  readonly region: string;
  readonly organizationId: string | null;
  readonly availabilityZoneIds: readonly string[];
  readonly state: Config["state"];
  readonly stateBucket: boolean;
  readonly apiGatewayLogRole: NonNullable<Config["apiGatewayLogRole"]>;
  /** The API's own name; undefined for none, and for one of which a part is missing. */
  readonly domain: DomainConfig | undefined;
  readonly sharedServices: NamedAccount;
  /** Every account with an id and credentials, the shared-services account first. */
  readonly accounts: readonly NamedAccount[];
}

/**
 * The config when it has the parts that the doctor reads, even if it breaks other rules: an overlapping range, for
 * example, must not hide a profile that belongs to the wrong account.
 */
export function usableConfig(validation: Validation): DoctorConfig | undefined {
  const { draft, problems } =
    "config" in validation ? { draft: validation.config, problems: [] } : validation;
  // The region is part of the host names that credentials are sent to, so an invalid one must not be used.
  if (problems.some(({ path }) => path === "region")) return undefined;
  const { environment, region, organizationId, availabilityZoneIds } = draft;
  const state = wholeState(draft.state);
  const accounts = namedAccounts(draft);
  const sharedServices = accounts.find(({ path }) => path === "sharedServices");
  if (environment === undefined || region === undefined || organizationId === undefined) return undefined;
  if (availabilityZoneIds === undefined || state === undefined || sharedServices === undefined)
    return undefined;
  return {
    environment,
    region,
    organizationId,
    availabilityZoneIds: availabilityZoneIds.filter((zone) => zone !== undefined),
    state,
    stateBucket: draft.stateBucket === true,
    apiGatewayLogRole: draft.apiGatewayLogRole ?? "manage",
    domain: wholeDomain(draft.access?.domain),
    sharedServices,
    accounts,
  };
}

type DomainDraft = NonNullable<Draft["access"]>["domain"];

function wholeDomain(domain: DomainDraft): DomainConfig | undefined {
  const { name, certificateArn } = domain ?? {};
  return name === undefined || certificateArn === undefined ? undefined : { name, certificateArn };
}

function wholeState(state: Draft["state"]): Config["state"] | undefined {
  if (state?.backend === "local")
    return state.directory === undefined ? undefined : { backend: "local", directory: state.directory };
  if (state?.backend !== "s3" || state.bucket === undefined || state.region === undefined) return undefined;
  const { bucket, region, kmsKeyId, profile } = state;
  return { backend: "s3", bucket, region, kmsKeyId, profile };
}
