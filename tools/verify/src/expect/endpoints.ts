import { ALL_FOREIGN, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE, OURS } from "../matrices/endpoint-matrix";
import { UNEXPECTED, type Expected } from "../matrices/matrix";
import type { Config } from "@studio-access/config";
import { centralServices } from "./services";

/** Whether an endpoint's policy lets principals of foreign accounts through, and requests for their resources. */
interface AdmittedForeigners {
  readonly principal: boolean;
  readonly resource: boolean;
}

export function expectedEndpoints(config: Config): Expected {
  const admitted = new Map<string, AdmittedForeigners>([
    ...centralServices(config).map(
      // A request to STS names the role's account, so its endpoint's policy refuses roles of foreign accounts. The
      // policies of the other endpoints ask for the principal's account alone. Studio's pages carry a cookie instead of a
      // principal, so its endpoint also admits whoever asks of a resource of ours.
      (service) =>
        [`networking/${service}`, { principal: service === "studio", resource: service !== "sts" }] as const,
    ),
    // The API's callers sign nothing, so the policy can only ask which API they call.
    ["networking/execute-api", { principal: true, resource: false }],
    ["access/dynamodb", { principal: false, resource: false }],
    ...config.linesOfBusiness.map(
      ({ name }) => [`${name}/s3`, { principal: true, resource: false }] as const,
    ),
  ]);
  const columns = [OURS, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE, ALL_FOREIGN];
  return {
    name: "endpoints",
    rows: [...admitted.keys()],
    columns,
    outcome: (row, column) => {
      const admission = admitted.get(row);
      if (admission === undefined) return UNEXPECTED;
      if (column === ALL_FOREIGN) return "stopped";
      const through =
        column === OURS || (column === FOREIGN_PRINCIPAL ? admission.principal : admission.resource);
      return through ? "through" : "stopped";
    },
  };
}
