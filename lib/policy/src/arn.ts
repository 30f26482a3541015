/** The six parts of an ARN. The last one, the resource, may hold colons. */
export type ArnParts = readonly [
  prefix: string,
  partition: string,
  service: string,
  region: string,
  account: string,
  resource: string,
];

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 *
 * @returns undefined when the text is no ARN
 */
export function splitArn(text: string): ArnParts | undefined {
  const [prefix, partition, service, region, account, ...resource] = text.split(":");
  if (prefix !== "arn" || partition === undefined || service === undefined) return undefined;
  if (region === undefined || account === undefined || resource.length === 0) return undefined;
  if (partition === "" || service === "") return undefined;
  return [prefix, partition, service, region, account, resource.join(":")];
}

/** An AWS account's id. */
export const ACCOUNT_ID = /^\d{12}$/;
