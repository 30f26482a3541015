import { findingsOf } from "../testing/findings";
import { created, deleted, updated } from "../testing/plans";
import { groupAccess } from "./group-access";

function row(group: string, lob: string, table = "studio-access-local-groups"): Record<string, string> {
  return { table_name: table, item: JSON.stringify({ PK: { S: group }, LOB: { S: lob } }) };
}

const ITEM = "aws_dynamodb_table_item";

describe("group-access", () => {
  it("names each group that comes or moves, and where to", () => {
    const [finding, ...others] = findingsOf(
      groupAccess,
      created(ITEM, row("studio-a", "lob-a")),
      updated(ITEM, row("studio-b", "lob-b"), row("studio-b", "lob-a")),
      updated(ITEM, row("studio-c", "lob-a"), row("studio-d", "lob-a")),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: "warn",
      details: ["studio-a enters lob-a", "studio-b enters lob-a", "studio-d enters lob-a"],
    });
  });

  it("reports neither users, nor groups that go, nor rows that stay as they are", () => {
    expect(
      findingsOf(
        groupAccess,
        created(ITEM, row("ann", "lob-a", "studio-access-local-users")),
        deleted(ITEM, row("studio-a", "lob-a")),
        updated(ITEM, row("studio-b", "lob-a"), row("studio-b", "lob-a")),
        created("aws_vpc", {}),
      ),
    ).toEqual([]);
  });

  it("knows a group's row by its construct where the table has no name yet", () => {
    const { item } = row("studio-a", "lob-a");
    const at = (constructPath: string): unknown =>
      findingsOf(groupAccess, created(ITEM, { item }, { constructPath }));
    expect(at("lob-a/Directory/Group-studio-a")).toHaveLength(1);
    expect(at("lob-a/Directory/User-ann")).toHaveLength(0);
  });
});
