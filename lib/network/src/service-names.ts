/** Services whose resources each have a name below the service's own name. */
const WILDCARD_SERVICES = ["execute-api", "ecr.dkr", "s3", "studio"];

/** The domains of AWS's services. */
const AWS_DOMAINS = ["amazonaws.com", "sagemaker.aws", "amazoncognito.com", "api.aws"];

/** Whether the name belongs to AWS, so that a public resolver answers with one of AWS's addresses. */
export function isAwsName(hostname: string): boolean {
  return AWS_DOMAINS.some((domain) => isWithin(hostname, domain));
}

/** Whether AWS gives the name IPv6 addresses beside IPv4 ones: `sts.eu-west-1.api.aws`, `s3.dualstack.eu-west-1.amazonaws.com`. */
export function isDualStackName(hostname: string): boolean {
  return isWithin(hostname, "api.aws") || (isAwsName(hostname) && hostname.split(".").includes("dualstack"));
}

/** Whether the name is the domain or below it. */
export function isWithin(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/** Lower case, without the final dot, and with `*` in place of Route 53's escape `\052`. */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
}

/**
 * The public name that an endpoint service answers to: `com.amazonaws.eu-west-1.sagemaker.api` is
 * `api.sagemaker.eu-west-1.amazonaws.com`, `aws.sagemaker.eu-west-1.studio` is `studio.eu-west-1.sagemaker.aws`.
 */
export function publicNameOf(serviceName: string): string {
  const parts = serviceName.split(".");
  if (parts[0] === "aws") return [...parts.slice(3), parts[2], parts[1], "aws"].join(".");
  const [, , region, ...service] = parts;
  return [...service.reverse(), region, "amazonaws.com"].join(".");
}

/** Whether the endpoint service serves that host, so that its certificate covers the name. */
export function serves(serviceName: string, hostname: string): boolean {
  const name = publicNameOf(serviceName);
  if (hostname === name) return true;
  const wildcard = WILDCARD_SERVICES.some((service) => serviceName.endsWith(`.${service}`));
  return wildcard && hostname.endsWith(`.${name}`);
}
