import { readSynthesizedStack, type State } from "@studio-access/terraform";

import type { Account } from "./account";
import { EvaluatedStack } from "./evaluated-stack";
import { joined, searched, text, type ImportRow } from "./import-row";
import { findLeftovers, type Found } from "./leftovers";

const VPC = {
  "//": { metadata: { path: "lob-a/Network/Vpc" } },
  provider: "aws.lob",
  cidr_block: "10.1.0.0/16",
};
const SUBNET = {
  "//": { metadata: { path: "lob-a/Network/Subnet" } },
  provider: "aws.lob",
  vpc_id: "${aws_vpc.Vpc.id}",
  main: "${aws_vpc.Vpc.main_route_table_id}",
  tags: { Name: "private" },
};
const ASSOCIATION = {
  "//": { metadata: { path: "lob-a/Zone" } },
  provider: "aws.lob",
  vpc_id: "${aws_vpc.Vpc.id}",
  zone_id: "${data.terraform_remote_state.cross-stack-reference-input-networking.outputs.zone}",
};

const ROWS: Readonly<Record<string, ImportRow>> = {
  aws_vpc: searched(["cidr_block"], async () => Promise.resolve(["vpc-1"])),
  aws_subnet: searched(["vpc_id"], async ({ vpc_id: vpc = "" }, _, planned) =>
    Promise.resolve(vpc === "vpc-1" ? [`subnet-of-${JSON.stringify(planned["tags_all"])}`] : []),
  ),
  aws_route53_zone_association: joined(":", ["zone_id", "vpc_id"], async () => Promise.resolve(true)),
};

function state(instances: State["instances"], outputs: State["outputs"] = {}): State {
  return { stack: "lob-a", outputs, instances };
}

async function find(
  own: State | undefined,
  rows = ROWS,
  networking = state([], { zone: { value: "Z1", sensitive: false } }),
): Promise<Found> {
  const json = {
    provider: {
      aws: [
        {
          alias: "lob",
          allowed_account_ids: ["222222222222"],
          default_tags: [{ tags: { Project: "studio-access" } }],
        },
      ],
    },
    resource: {
      aws_vpc: { Vpc: VPC },
      aws_subnet: { Subnet: SUBNET },
      aws_route53_zone_association: { Zone: ASSOCIATION },
    },
  };
  const stack = readSynthesizedStack("lob-a", JSON.stringify(json));
  const evaluated = new EvaluatedStack({
    stack,
    state: own,
    stateOf: (name) => (name === "networking" ? networking : undefined),
    region: "eu-west-1",
  });
  return findLeftovers(evaluated, rows, (id) => ({ id }) as Account);
}

describe("what a deploy that was cut off has left", () => {
  it("is found by what the config calls for, then by what was found", async () => {
    const { leftovers } = await find(undefined);
    expect(leftovers.map(({ address, importId }) => [address, importId])).toEqual([
      ["aws_vpc.Vpc", "vpc-1"],
      ["aws_subnet.Subnet", 'subnet-of-{"Project":"studio-access","Name":"private"}'],
      ["aws_route53_zone_association.Zone", "Z1:vpc-1"],
    ]);
    expect(leftovers[0]).toMatchObject({ path: "lob-a/Network/Vpc", account: "222222222222" });
  });

  it("is not what the state has, whose values lead to the rest", async () => {
    const vpc = { stack: "lob-a", address: "aws_vpc.Vpc", mode: "managed", type: "aws_vpc" } as const;
    const { leftovers } = await find(state([{ ...vpc, values: { id: "vpc-9" } }]));
    expect(leftovers.map(({ importId }) => importId)).toEqual(["Z1:vpc-9"]);
  });

  it("is found in one go where it refers to what AWS alone decides", async () => {
    const { leftovers } = await find(undefined, {
      ...ROWS,
      aws_vpc: searched(["cidr_block"], async () => Promise.resolve(["vpc-1"]), {
        made: async (id, account) => Promise.resolve({ main_route_table_id: `main-of-${id}-${account.id}` }),
      }),
      aws_subnet: searched(["main"], async ({ main = "" }) => Promise.resolve([main])),
    });
    expect(leftovers.map(({ importId }) => importId)).toContain("main-of-vpc-1-222222222222");
  });

  it("is not looked for while nobody knows what it belongs to", async () => {
    const { leftovers } = await find(undefined, {
      ...ROWS,
      aws_vpc: searched(["cidr_block"], async () => Promise.resolve([])),
      aws_subnet: searched(["vpc_id"], async () => Promise.reject(new Error("was searched for"))),
    });
    expect(leftovers).toEqual([]);
  });

  it("is never one of two candidates, which are named", async () => {
    const two = searched([], async () => Promise.resolve(["vpc-1", "vpc-2"]));
    const { leftovers, unclear } = await find(undefined, { ...ROWS, aws_vpc: two });
    expect(leftovers).toEqual([]);
    expect(unclear).toMatchObject([{ address: "aws_vpc.Vpc", candidates: ["vpc-1", "vpc-2"] }]);
  });

  it("is nothing where AWS says that there is nothing, and an error where it refuses to say", async () => {
    const failing = (name: string): ImportRow =>
      searched([], async () => Promise.reject(Object.assign(new Error(text("no")), { name })));
    const gone = await find(undefined, { ...ROWS, aws_vpc: failing("InvalidVpcID.NotFound") });
    expect(gone.leftovers).toEqual([]);
    await expect(find(undefined, { ...ROWS, aws_vpc: failing("AccessDenied") })).rejects.toThrow(
      "Account 222222222222 could not be searched for lob-a/Network/Vpc: AccessDenied: no",
    );
  });
});
