import type { AccountEntry, DeployedConfig } from "@studio-access/terraform-cli";

/** The parts of a config that the doctor reads. */
export interface DoctorConfig extends Omit<DeployedConfig, "state"> {
  readonly availabilityZoneIds: readonly string[];
  readonly state: LocalState | S3State;
  readonly stateBucket?: boolean;
}

export interface LocalState {
  readonly backend: "local";
  readonly directory: string;
}

export interface S3State {
  readonly backend: "s3";
  readonly bucket: string;
  readonly region: string;
  readonly kmsKeyId?: string;
  readonly profile?: string;
}

/**
 * The config where it has the parts that are read here, in the right shape; it may break rules all the same. So a range
 * that overlaps another does not hide a profile that leads into the wrong account.
 */
export function usableConfig(json: unknown): DoctorConfig | undefined {
  const config = object(json);
  const { region, environment, availabilityZoneIds: zones, linesOfBusiness: lobs, organizationId } = config;
  const isUsable =
    typeof environment === "string" &&
    typeof region === "string" &&
    /^[a-z]{2}-[a-z]+-\d$/.test(region) &&
    Array.isArray(zones) &&
    zones.every((zone) => typeof zone === "string") &&
    (organizationId === null || typeof organizationId === "string") &&
    isState(object(config["state"])) &&
    isAccount(config["sharedServices"]) &&
    Array.isArray(lobs) &&
    lobs.map(object).every(({ name, account }) => typeof name === "string" && isAccount(account));
  return isUsable ? (json as DoctorConfig) : undefined;
}

function isState({ backend, directory, bucket, region }: Json): boolean {
  return backend === "local"
    ? typeof directory === "string"
    : backend === "s3" && typeof bucket === "string" && typeof region === "string";
}

function isAccount(json: unknown): boolean {
  const { id, credentials } = object(json);
  const { profile, assumeRole } = object(credentials);
  return typeof id === "string" && (typeof profile === "string" || typeof assumeRole === "string");
}

type Json = Readonly<Record<string, unknown>>;

function object(json: unknown): Json {
  return typeof json === "object" && json !== null ? (json as Json) : {};
}

/** An account of the config, as people call it, and where it stands there. */
export interface NamedAccount {
  /** `shared-services`, or the line of business. */
  readonly name: string;
  /** Path in the config: `linesOfBusiness[0].account`. */
  readonly path: string;
  readonly entry: AccountEntry;
}

/** Every account of the config, the shared-services account first. */
export function namedAccounts(config: DoctorConfig): readonly NamedAccount[] {
  return [
    sharedServices(config),
    ...config.linesOfBusiness.map(({ name, account }, index) => ({
      name,
      path: `linesOfBusiness[${index}].account`,
      entry: account,
    })),
  ];
}

export function sharedServices(config: DoctorConfig): NamedAccount {
  return { name: "shared-services", path: "sharedServices", entry: config.sharedServices };
}
