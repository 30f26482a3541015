import type { StackSurvey } from "./survey";

/** What is still there of a stack, line by line. Logs count only where they were to go. */
export function leftovers(
  { stack, addresses, domains }: Pick<StackSurvey, "stack" | "addresses" | "domains">,
  deleteLogs: boolean,
): string[] {
  return [
    ...addresses.map((address) => `${stack}: ${address}, in Terraform's state`),
    ...domains.flatMap(({ domainId, status, fileSystems, groups, logs }) => [
      ...(status === undefined ? [] : [`${stack}: Studio domain ${domainId} (${status})`]),
      ...fileSystems.map(({ id }) => `${stack}: file system ${id}`),
      ...groups.map(({ id, name }) => `${stack}: security group ${name} (${id})`),
      ...(deleteLogs ? logs : []).map(({ group, stream }) => `${stack}: log stream ${group}/${stream}`),
    ]),
  ];
}
