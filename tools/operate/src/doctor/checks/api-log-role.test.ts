import { known } from "../finding";
import { CONFIG, fakeFacts, inShort } from "../testing/fake-facts";
import { apiLogRoleCheck } from "./api-log-role";

const OWN = "arn:aws:iam::111111111111:role/studio-access/test/studio-access-test-api-log-writer";
const FOREIGN = "arn:aws:iam::111111111111:role/payroll-api";

describe("API Gateway's log role", () => {
  it.each([
    ["is not set yet", undefined, "manage", "ok", /none is set yet/],
    ["is our own", OWN, "manage", "ok", /own/],
    ["is a foreign one, which a deploy would replace", FOREIGN, "manage", "warn", /payroll-api.*replaces/],
    ["is a foreign one, and left", FOREIGN, "leave", "ok", /left as it is/],
    ["is left to somebody else, who has set none", undefined, "leave", "fail", /refuses a stage/],
    ["is left, and still our own", OWN, "leave", "warn", /deletes it/],
  ] as const)("%s", async (_what, set, apiGatewayLogRole, result, detail) => {
    const facts = fakeFacts({ config: known({ ...CONFIG, apiGatewayLogRole }) });
    const findings = await apiLogRoleCheck(facts, () => Promise.resolve(set)).find();
    expect(inShort(findings)).toEqual([`${result} API Gateway's log role (shared-services)`]);
    expect(findings[0]?.detail).toMatch(detail);
  });
});
