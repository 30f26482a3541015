import { policy, type Change } from "../testing/mutations/mutation";
import { sampleConfig, sampleState } from "../testing/sample";
import { verify } from "../verify";
import { Behind, withBehind } from "./behind";
import { CellRecorder } from "./cell-recorder";

/** What stands behind the red cells of each matrix. */
function behindRed(change: Change): Readonly<Record<string, readonly string[]>> {
  const recorder = new CellRecorder();
  const { model } = verify(change(sampleState()), sampleConfig, { listener: recorder });
  const behind = new Behind(model.resources);
  return Object.fromEntries(
    recorder.matrices.map((matrix) => [
      matrix.name,
      [...new Set(withBehind(matrix, behind).flatMap((kind) => kind.behind ?? []))],
    ]),
  );
}

describe("what stands behind a red cell", () => {
  it("is the policy that its reason names, and nothing for a cell that is as it should be", () => {
    const found = behindRed(
      policy(["lob-a", "aws_iam_role_policy", "AccessRole"], "policy", (statements) => [
        ...statements,
        { Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl", Resource: "*" },
      ]),
    );
    expect(found["presign"]).toEqual(["lob-a: aws_iam_role_policy.AccessRole_Policy_5F4970CE, policy"]);
    expect(found["reach"]).toEqual([]);
  });
});
