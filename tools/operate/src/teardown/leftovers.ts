import type { StackSurvey } from "./survey";

/** What still exists of a stack, line by line. Logs count only when they were to be deleted. */
export function leftovers(
  { stack, resources, domains }: Pick<StackSurvey, "stack" | "resources" | "domains">,
  deleteLogs: boolean,
): string[] {
  return [
    ...resources.map(({ address }) => `${stack}: ${address}, in Terraform's state`),
    ...domains.flatMap(({ domainId, status, fileSystems, groups, logs }) => [
      ...(status === undefined ? [] : [`${stack}: Studio domain ${domainId} (${status})`]),
      ...fileSystems.map(({ id }) => `${stack}: file system ${id}`),
      ...groups.map(({ id, name }) => `${stack}: security group ${name} (${id})`),
      ...(deleteLogs ? logs : []).map(({ group, stream }) => `${stack}: log stream ${group}/${stream}`),
    ]),
  ];
}
