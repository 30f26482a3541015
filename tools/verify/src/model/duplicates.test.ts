import type { ResourceInstance } from "@studio-access/terraform";

import { boundaryArn } from "../expect/workflows";
import { compare } from "../matrices/compare";
import { settingsMatrix } from "../matrices/settings-matrix";
import { expectedSettings } from "../expect/settings";
import { sampleState } from "../testing/sample";
import { workflowsConfig, workflowsState } from "../testing/workflows";
import { readPrefixLists } from "./endpoint-facts";
import { buildModel } from "./model";
import { readRoles } from "./roles";
import { readZones } from "./zone-facts";

type State = readonly ResourceInstance[];

function managed(type: string, values: ResourceInstance["values"], stack = "lob-a"): ResourceInstance {
  return { stack, type, mode: "managed", address: `${type}.Added`, values };
}

const ANYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const NOTHING = ANYTHING.replace("Allow", "Deny");

/** The added resources before and after all others: which of two equal ones counts must not depend on their order. */
const PLACES = ["before", "after"] as const;

function beside(state: State, added: State, place: (typeof PLACES)[number]): State {
  return place === "before" ? [...added, ...state] : [...state, ...added];
}

describe.each(PLACES)("of two resources that claim the same, one %s the other", (place) => {
  it("the texts of a managed policy both count", () => {
    const arn = "arn:aws:iam::222222222222:policy/team";
    const texts = [NOTHING, ANYTHING].map((policy) => managed("aws_iam_policy", { arn, policy }));
    const attached = managed("aws_iam_role_policy_attachment", {
      role: "studio-access-local-lob-a-execution",
      policy_arn: arn,
    });
    const roles = readRoles(beside([...sampleState(), attached], texts, place));
    const own = roles.find(({ name }) => name === "studio-access-local-lob-a-execution");
    const known = own?.identity.filter(({ name }) => name === arn).map(({ json }) => json);
    expect(known?.sort()).toEqual([ANYTHING, NOTHING].sort());
  });

  it("a role's boundary is not known", () => {
    const arn = boundaryArn(workflowsConfig, "222222222222");
    const twin = managed("aws_iam_policy", { arn, policy: ANYTHING }, "ci-access-lob-a");
    const roles = readRoles(beside(workflowsState(), [twin], place));
    expect(roles.find(({ name }) => name === "studio-access-local-lob-a-access")?.opaque).toContain(arn);
  });

  it("a boundary that refuses nothing is a surprise, whatever the other one refuses", () => {
    const arn = boundaryArn(workflowsConfig, "222222222222");
    const twin = managed("aws_iam_policy", { arn, policy: ANYTHING }, "ci-access-lob-a");
    const model = buildModel(beside(workflowsState(), [twin], place), workflowsConfig.region);
    const { surprises } = compare(settingsMatrix(model, workflowsConfig), expectedSettings(workflowsConfig), {
      maxCells: 0,
    });
    const held = surprises.filter(({ row, outcome }) => row.includes("boundary") && outcome === "allowed");
    expect(held.length).toBeGreaterThan(0);
  });

  it("the blocks of a prefix list all count", () => {
    const list = (cidr: string): ResourceInstance =>
      managed("aws_ec2_managed_prefix_list", { id: "pl-1", name: "office", entry: [{ cidr }] });
    const lists = readPrefixLists(beside([list("10.0.0.0/8")], [list("192.168.0.0/16")], place));
    expect(lists.map(({ cidrs }) => [...cidrs].sort())).toEqual([["10.0.0.0/8", "192.168.0.0/16"]]);
  });

  it("every target of a record counts", () => {
    const targets = ["vpce-1.example.com", "elsewhere.example.com"].map((name) => ({ name }));
    const alias = place === "before" ? targets : targets.toReversed();
    const zones = readZones([
      managed("aws_route53_zone", { zone_id: "Z1", name: "example.com" }),
      managed("aws_route53_record", { zone_id: "Z1", name: "a.example.com", type: "A", alias }),
    ]);
    const names = zones[0]?.records.map((record) => record.alias).sort();
    expect(names).toEqual(["elsewhere.example.com", "vpce-1.example.com"]);
  });
});
