import { findingLines } from "../testing/findings";
import { created, updated } from "../testing/plans";
import { managedPolicy } from "./managed-policy";

const FULL = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
const rule = managedPolicy({ allowed: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] });

describe("managed-policy", () => {
  it.each(["aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_policy_attachment"])(
    "blocks an attachment by %s",
    (type) => {
      expect(findingLines(rule, created(type, { role: "x", policy_arn: FULL }))).toEqual([
        `block ${type}.Example`,
      ]);
    },
  );

  it("blocks a new one in a role's list, and not an old one", () => {
    const role = (...arns: string[]): Record<string, unknown> => ({ managed_policy_arns: arns });
    expect(findingLines(rule, updated("aws_iam_role", role(), role(FULL)))).toHaveLength(1);
    expect(
      findingLines(rule, updated("aws_iam_role", role(FULL), { ...role(FULL), description: "x" })),
    ).toEqual([]);
    expect(
      findingLines(rule, created("aws_iam_role_policy_attachments_exclusive", { policy_arns: [FULL] })),
    ).toHaveLength(1);
  });

  it("accepts an allowed one, and warns of one that is not known yet", () => {
    const type = "aws_iam_role_policy_attachment";
    const allowed = { policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" };
    expect(findingLines(rule, created(type, allowed))).toEqual([]);
    expect(findingLines(rule, created(type, {}, { afterUnknown: { policy_arn: true } }))).toEqual([
      `warn ${type}.Example`,
    ]);
  });

  it("blocks a boundary that is removed or changed", () => {
    const bounded = { permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" };
    expect(findingLines(rule, updated("aws_iam_role", bounded, {}))).toHaveLength(1);
    expect(findingLines(rule, updated("aws_iam_role", bounded, { permissions_boundary: FULL }))).toHaveLength(
      1,
    );
    expect(findingLines(rule, updated("aws_iam_role", {}, bounded))).toEqual([]);
  });
});
