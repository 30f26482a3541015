import { roleArn } from "./expect/roles";
import { TRUSTING } from "./matrices/assume-matrix";
import { jsonReport } from "./report/json";
import { terminalReport } from "./report/terminal";
import { sampleConfig, sampleState } from "./testing/sample";
import { samplePageData } from "./testing/sample-page";
import { attached, TEAM_POLICY, withTeamPolicy } from "./testing/team-policy";
import { verify } from "./verify";

const config = { ...sampleConfig, ...withTeamPolicy };
const state = attached(TEAM_POLICY)(sampleState());
const verification = verify(state, config);
const EXECUTION = roleArn(sampleConfig, "222222222222", "lob-a", "execution");
const PROFILE = "lob-a/user-lob-a";

describe("a policy that the config names and whose text the state does not hold", () => {
  it("is no surprise", () => {
    expect(verification.surprises).toEqual([]);
  });

  it("leaves unproven only what its role may do in its own account and which roles it may assume outside", () => {
    const open = verification.matrices.flatMap(({ cells }) =>
      cells.filter(({ unproven }) => unproven !== undefined).map(({ row, column }) => [row, column]),
    );
    expect(open).toEqual([
      [EXECUTION, PROFILE],
      [`${EXECUTION} as user-lob-a`, PROFILE],
      [`${EXECUTION} as somebody-else`, PROFILE],
      [EXECUTION, TRUSTING],
      [`${EXECUTION} makes Studio profiles`, "value"],
    ]);
    expect(verification.unproven.reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
  });

  it("keeps the outcome that the state proves, and names the most that the policy could add", () => {
    const presign = verification.matrices.find(({ name }) => name === "presign");
    const own = presign?.cells.find(
      ({ row, column }) => row === `${EXECUTION} as user-lob-a` && column === PROFILE,
    );
    expect(own).toMatchObject({
      outcome: "sagemaker-api + studio",
      surprise: false,
      unproven: `what ${TEAM_POLICY} allows is not in the state: at the most "sagemaker-api + studio + foreign endpoint + internet"`,
    });
  });

  it("is named in the terminal report, and its cells are counted in the last line", () => {
    const report = terminalReport(verification);
    expect(report).toMatch(
      /^~ presign: studio-access-local-lob-a-execution \(222222222222\).* and 2 more: what /m,
    );
    expect(report).toContain(`what ${TEAM_POLICY} allows`);
    expect(report).toMatch(/cells are as the config calls for, 5 of them only as far as the state tells\n$/);
  });

  it("is in the JSON report and in the page's data", () => {
    const report = JSON.parse(jsonReport(verification)) as { matrices: { unproven: object[] }[] };
    expect(report.matrices.flatMap(({ unproven }) => unproven)).toHaveLength(3);
    const data = samplePageData(state, config);
    expect(data.unprovenCount).toBe(5);
    const kinds = data.matrices.flatMap((matrix) => matrix.kinds);
    expect(kinds.filter(({ unproven }) => unproven?.includes(TEAM_POLICY))).not.toEqual([]);
  });

  it("leaves no cell unproven once the state holds its text", () => {
    const json = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "athena:StartQueryExecution", Resource: "*" },
    });
    const values = { arn: TEAM_POLICY, policy: json };
    const type = "aws_iam_policy";
    const held = verify(
      [...state, { stack: "lob-a", address: `${type}.Team`, mode: "managed", type, values }],
      config,
    );
    expect([held.surprises, held.unproven]).toEqual([[], []]);
  });
});
