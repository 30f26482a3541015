import { findingsOf } from "../testing/findings";
import { created, deleted } from "../testing/plans";
import { people } from "./people";

function item(row: object): { item: string } {
  return { item: JSON.stringify(row) };
}

describe("people", () => {
  it("names who comes and goes, once each", () => {
    const [finding] = findingsOf(
      people,
      created("aws_dynamodb_table_item", item({ PK: { S: "bob" }, LOB: { S: "lob-a" } })),
      created("aws_dynamodb_table_item", item({ PK: { S: "lob-a" }, ACCOUNT_ID: { S: "222222222222" } })),
      created("aws_dynamodb_table_item", {
        ...item({ PK: { S: "studio-a" }, LOB: { S: "lob-a" } }),
        table_name: "studio-access-local-groups",
      }),
      created("aws_cognito_user", { username: "bob" }),
      deleted("aws_sagemaker_user_profile", { user_profile_name: "eve" }),
    );
    expect(finding).toMatchObject({
      severity: "note",
      details: [
        "new: group studio-a, line of business lob-a, sign-in of bob, user bob",
        "gone: Studio profile eve",
      ],
    });
  });

  it("reports nothing where nobody comes or goes", () => {
    expect(
      findingsOf(people, created("aws_dynamodb_table_item", { item: "{" }), created("aws_vpc", {})),
    ).toEqual([]);
  });
});
