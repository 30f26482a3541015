import type { Facts } from "../facts";
import type { Check } from "../finding";
import { apiLogRoleCheck } from "./api-log-role";
import { providerCheck } from "./aws-provider";
import { certificateCheck } from "./certificate";
import { configCheck } from "./config-validity";
import { credentialsCheck } from "./credentials";
import { endpointServicesCheck } from "./endpoint-services";
import { nodeCheck } from "./node-version";
import { organizationCheck } from "./organization";
import { policySizesCheck } from "./policy-sizes";
import { quotasCheck } from "./quotas";
import { ramSharingCheck } from "./ram-sharing";
import { stateBucketCheck } from "./state-bucket";
import { terraformCheck } from "./terraform-version";
import { zonesCheck } from "./zones";

/** Every check that a deploy into real accounts needs, in the order in which failures are best corrected. */
export function allChecks(root: string, facts: Facts): readonly Check[] {
  return [
    nodeCheck(root),
    terraformCheck(root),
    configCheck(facts),
    providerCheck(facts),
    credentialsCheck(facts),
    zonesCheck(facts),
    endpointServicesCheck(facts),
    organizationCheck(facts),
    ramSharingCheck(facts),
    apiLogRoleCheck(facts),
    certificateCheck(facts),
    quotasCheck(facts),
    policySizesCheck(facts),
    stateBucketCheck(facts),
  ];
}
