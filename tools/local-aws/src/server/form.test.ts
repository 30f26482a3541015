import { filtersOf, formOf, listOf, membersOf, tagParameters, tagsOf } from "./form";

const form = (parameters: Record<string, string>): URLSearchParams => new URLSearchParams(parameters);

describe("Query parameters", () => {
  it("come from the body of a POST and from the URL of a GET", () => {
    const url = new URL("http://localhost/?Action=Get");
    expect(formOf({ method: "POST", url, body: Buffer.from("Action=Post") }).get("Action")).toBe("Post");
    expect(formOf({ method: "GET", url, body: Buffer.alloc(0) }).get("Action")).toBe("Get");
  });

  it("are listed by number, not by order of connection", () => {
    const parameters = { "Id.10": "j", "Id.2": "b", "Id.1": "a", "Id.x": "no", "Idea.1": "no" };
    expect(listOf(form(parameters), "Id")).toEqual(["a", "b", "j"]);
  });

  it("name filters with their values", () => {
    const parameters = {
      "Filter.1.Name": "state",
      "Filter.1.Value.1": "available",
      "Filter.1.Value.2": "pending",
      "Filter.2.Name": "vpc-id",
      "Filter.2.Value.1": "vpc-1",
    };
    expect([...filtersOf(form(parameters))]).toEqual([
      ["state", ["available", "pending"]],
      ["vpc-id", ["vpc-1"]],
    ]);
  });

  it("carry tags, a tag without a value included", () => {
    const parameters = { "T.1.Tag.1.Key": "Name", "T.1.Tag.1.Value": "hub", "T.1.Tag.2.Key": "empty" };
    expect([...tagsOf(form(parameters), "T.1.Tag")]).toEqual([
      ["Name", "hub"],
      ["empty", ""],
    ]);
  });

  it("write tags as they read them", () => {
    const tags = new Map([
      ["Name", "hub"],
      ["Owner", "net"],
    ]);
    expect(tagsOf(form(tagParameters(tags)), "Tag")).toEqual(tags);
  });

  it("list the members of STS's lists", () => {
    const parameters = {
      "TransitiveTagKeys.member.1": "user",
      "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/x",
    };
    expect(membersOf(form(parameters), "TransitiveTagKeys")).toEqual(["user"]);
    expect(membersOf(form(parameters), "PolicyArns", ".arn")).toEqual(["arn:aws:iam::aws:policy/x"]);
  });
});
