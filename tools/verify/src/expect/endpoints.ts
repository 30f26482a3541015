import { FOREIGN_PRINCIPAL, FOREIGN_RESOURCE, OURS } from "../matrices/endpoint-matrix";
import { UNEXPECTED, type Expected } from "../matrices/matrix";
import type { Config } from "@studio-access/config";
import { centralServices } from "./services";

/** Which of the two kinds of foreigners an endpoint's policy admitted through. */
interface AdmittedForeigners {
  readonly principal: boolean;
  readonly resource: boolean;
}

export function expectedEndpoints(config: Config): Expected {
  const admitted = new Map<string, AdmittedForeigners>([
    ...centralServices(config).map(
      // A request to STS names the account of the role, so a foreign one can be told; others go by the principal.
      (service) => [`networking/${service}`, { principal: false, resource: service !== "sts" }] as const,
    ),
    // The API's callers sign nothing, so only what they call can be told.
    ["networking/execute-api", { principal: true, resource: false }],
    ["access/dynamodb", { principal: false, resource: false }],
    ...config.linesOfBusiness.map(
      ({ name }) => [`${name}/s3`, { principal: true, resource: false }] as const,
    ),
  ]);
  const columns = [OURS, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE];
  return {
    name: "endpoints",
    rows: [...admitted.keys()],
    columns,
    outcome: (row, column) => {
      const admission = admitted.get(row);
      if (admission === undefined) return UNEXPECTED;
      const through =
        column === OURS || (column === FOREIGN_PRINCIPAL ? admission.principal : admission.resource);
      return through ? "through" : "stopped";
    },
  };
}
