import type { ChangeJson, PlanJson, ResourceChangeJson } from "@studio-access/terraform";

import { assess, hasKnockOn } from "./assessment";

function resource(
  address: string,
  change: Partial<ChangeJson> & Pick<ChangeJson, "actions">,
): ResourceChangeJson {
  const [type = "", name = ""] = address.split(".");
  return { address, mode: "managed", type, name, change };
}

function updated(
  address: string,
  before: object,
  after: object,
  more: Partial<ChangeJson> = {},
): ResourceChangeJson {
  return resource(address, { actions: ["update"], before, after, ...more });
}

function plan(found: readonly ResourceChangeJson[], planned: readonly ResourceChangeJson[]): PlanJson {
  return {
    format_version: "1.2",
    resource_drift: found,
    resource_changes: planned,
    prior_state: {
      values: {
        root_module: {
          resources: [{ address: "aws_vpc.v", mode: "managed", type: "aws_vpc", name: "v", values: {} }],
        },
      },
    },
  };
}

const CLEAN = { drift: [], pending: [], unclaimed: [], deployed: true };

describe("what changed outside", () => {
  it("is empty when nothing differs", () => {
    const unchanged = resource("aws_vpc.v", { actions: ["no-op"], before: {}, after: {} });
    expect(assess(plan([], [unchanged]))).toEqual(CLEAN);
  });

  it("includes an attribute that the next deploy would restore", () => {
    const found = updated(
      "aws_rule.r",
      { description: "ours", port: 443 },
      { description: "by hand", port: 443 },
    );
    const putBack = updated("aws_rule.r", { description: "by hand" }, { description: "ours" });
    expect(assess(plan([found], [putBack]))).toEqual({
      ...CLEAN,
      drift: [
        {
          address: "aws_rule.r",
          kind: "changed",
          attributes: [{ attribute: "description", sensitive: false, before: "ours", after: "by hand" }],
        },
      ],
    });
  });

  it("includes a deleted resource that the next deploy would create again", () => {
    const gone = resource("aws_alarm.a", { actions: ["delete"], before: { name: "a" }, after: null });
    const again = resource("aws_alarm.a", { actions: ["create"], before: null, after: { name: "a" } });
    expect(assess(plan([gone], [again]))).toEqual({
      ...CLEAN,
      drift: [{ address: "aws_alarm.a", kind: "deleted", attributes: [] }],
    });
  });

  it("leaves out values that AWS filled in, and keeps only their names", () => {
    const found = updated("aws_iam_role.r", { inline_policy: [] }, { inline_policy: [{ name: "own" }] });
    expect(assess(plan([found], []))).toEqual({
      ...CLEAN,
      unclaimed: [{ address: "aws_iam_role.r", attributes: ["inline_policy"] }],
    });
  });

  it("leaves out values that AWS would choose again after a replacement", () => {
    const found = updated("aws_eip.e", { private_ip: "" }, { private_ip: "10.0.0.1" });
    const replaced = resource("aws_eip.e", {
      actions: ["delete", "create"],
      before: { private_ip: "10.0.0.1", domain: "standard" },
      after: { domain: "vpc" },
      after_unknown: { private_ip: true },
    });
    expect(assess(plan([found], [replaced]))).toMatchObject({
      drift: [],
      pending: [{ address: "aws_eip.e", action: "replace" }],
    });
  });

  it("leaves out a resource that the config no longer has", () => {
    const found = updated("aws_vpc.v", { main_route_table_id: "" }, { main_route_table_id: "rtb-1" });
    const dropped = resource("aws_vpc.v", {
      actions: ["delete"],
      before: { main_route_table_id: "rtb-1" },
      after: null,
    });
    expect(assess(plan([found], [dropped]))).toMatchObject({
      drift: [],
      pending: [{ address: "aws_vpc.v", action: "delete", attributes: [] }],
    });
  });

  it("lists a tag once, with its value in tags_all, which includes the provider's default tags", () => {
    const ours = { tags: { Name: "v" }, tags_all: { Name: "v", CostCenter: "platform" } };
    const theirs = {
      tags: { Name: "v", CostCenter: "x", Owner: "y" },
      tags_all: { Name: "v", CostCenter: "x", Owner: "y" },
    };
    const { drift, pending, unclaimed } = assess(
      plan([updated("aws_vpc.v", ours, theirs)], [updated("aws_vpc.v", theirs, ours)]),
    );
    expect(drift[0]?.attributes).toEqual([
      { attribute: "tags.CostCenter", sensitive: false, before: "platform", after: "x" },
      { attribute: "tags.Owner", sensitive: false, before: null, after: "y" },
    ]);
    expect({ pending, unclaimed }).toEqual({ pending: [], unclaimed: [] });
  });

  it("shows no sensitive value", () => {
    const marks = { before_sensitive: { secret: true }, after_sensitive: { secret: true } };
    const found = updated("aws_x.x", { secret: "hush" }, { secret: "hushed" }, marks);
    const putBack = updated("aws_x.x", { secret: "hushed" }, { secret: "hush" }, marks);
    const assessment = assess(plan([found], [putBack]));
    expect(assessment.drift[0]?.attributes).toEqual([{ attribute: "secret", sensitive: true }]);
    expect(JSON.stringify(assessment)).not.toContain("hush");
  });
});

describe("pending changes of the config", () => {
  it("are planned changes of resources that did not change outside", () => {
    const changes = [
      updated("aws_log.l", { days: 30 }, { days: 60 }),
      resource("aws_new.n", { actions: ["create"], before: null, after: { name: "n" } }),
      resource("data.aws_x.x", { actions: ["read"], before: null, after: {} }),
    ];
    expect(assess(plan([], changes)).pending).toEqual([
      {
        address: "aws_log.l",
        action: "update",
        attributes: [{ attribute: "days", sensitive: false, before: 30, after: 60 }],
      },
      { address: "aws_new.n", action: "create", attributes: [] },
    ]);
  });

  it("can be in the same resource as a change from outside", () => {
    const found = updated("aws_log.l", { name: "a", days: 30 }, { name: "b", days: 30 });
    const planned = updated("aws_log.l", { name: "b", days: 30 }, { name: "a", days: 60 });
    const { drift, pending } = assess(plan([found], [planned]));
    expect(drift[0]?.attributes).toMatchObject([{ attribute: "name" }]);
    expect(pending[0]?.attributes).toMatchObject([{ attribute: "days", before: 30, after: 60 }]);
  });

  it("show that a value that AWS decides is not known yet", () => {
    const planned = updated(
      "aws_f.f",
      { hash: "1", version: "7" },
      { hash: "2" },
      {
        after_unknown: { version: true },
      },
    );
    expect(assess(plan([], [planned])).pending[0]?.attributes).toEqual([
      { attribute: "hash", sensitive: false, before: "1", after: "2" },
      { attribute: "version", sensitive: false, before: "7", after: "(known after the deploy)" },
    ]);
  });

  it("can be an output alone, of which only the name is shown", () => {
    const outputs = { api_url: { actions: ["update"] }, other: { actions: ["no-op"] } };
    expect(assess({ ...plan([], []), output_changes: outputs }).pending).toEqual([
      { address: "output.api_url", action: "update", attributes: [] },
    ]);
  });
});

describe("consequences of what changed outside", () => {
  const gone = resource("aws_sns_topic.t", { actions: ["delete"], before: { arn: "a" }, after: null });
  const again = resource("aws_sns_topic.t", { actions: ["create"], before: null, after: {} });
  const follows = updated("aws_alarm.a", { actions: ["a"] }, {}, { after_unknown: { actions: true } });
  const wanted = updated("aws_log.l", { days: 30 }, { days: 60 });
  const first = plan([gone], [again, follows, wanted]);

  it("need a plan without a refresh", () => {
    expect(hasKnockOn(assess(first))).toBe(true);
    expect(hasKnockOn(assess(plan([gone], [again])))).toBe(false);
    expect(hasKnockOn(assess(plan([], [wanted])))).toBe(false);
  });

  it("are not pending changes, since the plan without a refresh does not show them", () => {
    const { drift, pending } = assess(first, plan([], [wanted]));
    expect(drift.map(({ address }) => address)).toEqual(["aws_sns_topic.t"]);
    expect(pending.map(({ address }) => address)).toEqual(["aws_log.l"]);
  });
});

describe("a stack without resources", () => {
  it("is not deployed", () => {
    const create = resource("aws_vpc.v", { actions: ["create"], before: null, after: {} });
    expect(assess({ format_version: "1.2", resource_changes: [create] }).deployed).toBe(false);
  });

  it("counts as deployed when all of it was deleted outside", () => {
    const gone = resource("aws_vpc.v", { actions: ["delete"], before: {}, after: null });
    const again = resource("aws_vpc.v", { actions: ["create"], before: null, after: {} });
    const plan = { format_version: "1.2", resource_drift: [gone], resource_changes: [again] };
    expect(assess(plan).deployed).toBe(true);
  });
});
