import { add, all } from "./edits";
import { edited, type Scenario } from "./scenario";

const LOB_PROVIDER = "aws.lob_a";

/** Permissions that are granted without a change of an existing policy. */
export const GRANTS: readonly Scenario[] = [
  edited(
    "rights-to-give-rights",
    "lob-a",
    all(
      add("aws_iam_role", "Helper_Role_0A1B2C3D", {
        name: "studio-access-local-lob-a-helper",
        path: "/studio-access/local/",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
        provider: LOB_PROVIDER,
      }),
      add("aws_iam_role_policy", "Helper_Policy_0A1B2C3D", {
        name: "helper",
        role: "studio-access-local-lob-a-helper",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: ["iam:Get*", "iam:PutRolePolicy"], Resource: "*" }],
        }),
        provider: LOB_PROVIDER,
      }),
    ),
  ),
  edited(
    "key-granted",
    "lob-a",
    add("aws_kms_grant", "DataKey_Grant_0A1B2C3D", {
      key_id: "${aws_kms_key.DataKey_0F118E08.key_id}",
      grantee_principal: "arn:aws:iam::999999999999:role/backup",
      operations: ["Decrypt", "GenerateDataKey"],
      provider: LOB_PROVIDER,
    }),
  ),
  edited(
    "access-key-made",
    "lob-a",
    all(
      add("aws_iam_user", "Backup_User_0A1B2C3D", { name: "backup", provider: LOB_PROVIDER }),
      add("aws_iam_access_key", "Backup_Key_0A1B2C3D", {
        user: "${aws_iam_user.Backup_User_0A1B2C3D.name}",
        provider: LOB_PROVIDER,
      }),
    ),
  ),
];
