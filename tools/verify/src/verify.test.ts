import type { Config } from "@studio-access/config";
import { sampleLob } from "@studio-access/config/testing";

import { sampleConfig, sampleState } from "./testing/sample";
import { manyLobs } from "./testing/many-lobs";
import { inOrganization } from "./testing/organization";
import { domainConfig, withDomain } from "./testing/domain";
import { profileConfig, withProfile } from "./testing/zone-profile";
import { withOffice } from "./testing/office";
import { BLOCK, blocked, blockedConfig } from "./testing/blocked-user";
import { groupsConfig, groupsState } from "./testing/user-groups";
import { DOMAIN } from "./expect/services";
import { workflowRoleArn } from "./expect/workflows";
import { workflowsConfig, workflowsState } from "./testing/workflows";
import { verify } from "./verify";
import type { MatrixName } from "./matrices/matrix";

const verification = verify(sampleState(), sampleConfig);

function cell(name: MatrixName, row: string, column: string): object | undefined {
  const matrix = verification.matrices.find((each) => each.name === name);
  return matrix?.cells.find((each) => each.row === row && each.column === column);
}

const PRESIGN = "arn:aws:iam::111111111111:role/studio-access/local/studio-access-local-presign";
const ACCESS = "arn:aws:iam::222222222222:role/studio-access/local/studio-access-local-lob-a-access";

describe("the sample deployment", () => {
  it("holds no surprise", () => {
    expect(verification.surprises).toEqual([]);
  });

  it("fills every matrix", () => {
    for (const { name, cells, cellCount } of verification.matrices) {
      expect({ name, count: cells.length }).toEqual({ name, count: cellCount });
      expect(cellCount).toBeGreaterThan(10);
    }
  });

  it("lets the presign function reach STS over the Transit Gateway", () => {
    expect(cell("reach", "function studio-access-local-presign", "sts")).toMatchObject({
      outcome: "endpoint networking/sts",
      steps: expect.arrayContaining([expect.stringContaining("tgw-rtb-")]) as unknown,
    });
  });

  it("keeps spokes from each other on the Transit Gateway as well as in their own routes", () => {
    expect(cell("transit", "lob-a", "lob-b")).toMatchObject({ outcome: "apart" });
    expect(cell("networks", "lob-a", "lob-b")).toMatchObject({ outcome: "refused" });
    expect(cell("networks", "lob-a", "networking")).toMatchObject({ outcome: "reached" });
  });

  it("lets a URL be made through the two endpoints and only for the user that it is requested for", () => {
    const over = { outcome: "sagemaker-api + studio" };
    expect(cell("presign", "presign function for user-lob-a", "lob-a/user-lob-a")).toMatchObject(over);
    expect(cell("presign", "presign function for user-lob-b", "lob-a/user-lob-a")).toMatchObject({
      outcome: "no",
    });
    expect(cell("presign", `${ACCESS} as somebody-else`, "lob-a/user-lob-a")).toMatchObject({
      outcome: "no",
    });
  });

  it("lets only the presign function assume access roles, and only in a user's name", () => {
    expect(cell("assume", PRESIGN, ACCESS)).toMatchObject({ outcome: "in a user's name" });
    expect(cell("assume", "administrator of shared services", ACCESS)).toMatchObject({ outcome: "no" });
  });

  it("lets the presign function read the tables item by item", () => {
    expect(cell("data", PRESIGN, "read studio-access-local-users")).toMatchObject({ outcome: "GetItem" });
    expect(cell("data", PRESIGN, "write studio-access-local-users")).toMatchObject({ outcome: "no" });
  });
});

describe("DNS", () => {
  it("leads out of no network but the simulated office and the internet", () => {
    const column = "any other name, by DNS";
    const stays = { outcome: "stays in the network" };
    for (const row of ["networking", "access", "lob-a", "Studio of lob-a", "corporate 192.168.10.0/24"])
      expect(cell("reach", row, column)).toMatchObject(stays);
    expect(cell("reach", "internet", column)).toMatchObject({ outcome: "leaves the network" });
  });

  it("resolves what the config allows, once it is deployed", () => {
    const network = { ...sampleConfig.network, dnsFirewall: { allowedDomains: ["data.example.com"] } };
    const state = sampleState().map((resource) => {
      const { type, address, stack, values } = resource;
      const list = type === "aws_route53_resolver_firewall_domain_list" && address.includes("AllowedNames");
      if (!list || stack === "access") return resource;
      const domains = [...(values["domains"] as string[]), "data.example.com.", "*.data.example.com."];
      return { ...resource, values: { ...values, domains } };
    });
    expect(verify(state, { ...sampleConfig, network }).surprises).toEqual([]);
    expect(verify(state, sampleConfig).surprises.map(({ row }) => row)).toEqual([
      "DNS of networking: names that resolve",
      "DNS of lob-a: names that resolve",
      "DNS of lob-b: names that resolve",
    ]);
  });
});

describe("a line of business that the config calls for", () => {
  it("is a surprise until it is deployed", () => {
    const third = sampleLob("lob-c", "444444444444", "10.102.0.0/16", ["carol"]);
    const config = { ...sampleConfig, linesOfBusiness: [...sampleConfig.linesOfBusiness, third] };
    const { surprises } = verify(sampleState(), config);
    expect(surprises).toContainEqual(
      expect.objectContaining({
        matrix: "networks",
        row: "lob-c",
        column: "networking",
        outcome: "not deployed",
      }),
    );
  });
});

describe("a name of the company's own for the API", () => {
  it("is no surprise where the config calls for it, and is reached as the API is", () => {
    const { surprises, matrices } = verify(withDomain(sampleState()), domainConfig);
    expect(surprises).toEqual([]);
    const cells = matrices.find(({ name }) => name === "reach")?.cells ?? [];
    const seen = (column: string): object =>
      Object.fromEntries(
        cells.filter((each) => each.column === column).map((each) => [each.row, each.outcome]),
      );
    // Nobody answers for it on the internet.
    expect(seen(DOMAIN)).toEqual({ ...seen("api"), internet: "refused" });
    expect(seen(DOMAIN)).toMatchObject({
      "corporate 192.168.10.0/24": "endpoint networking/execute-api",
      "lob-a": "refused",
    });
  });

  it("is a surprise where the config has none", () => {
    const { surprises } = verify(withDomain(sampleState()), sampleConfig);
    expect(surprises.map(({ row }) => row)).toContain("access: aws_api_gateway_domain_name");
  });
});

describe("zones that a Route 53 Profile shares", () => {
  it("are no surprise where the config calls for it, and resolve as associated ones do", () => {
    const { surprises, matrices } = verify(withProfile(sampleState()), profileConfig);
    expect(surprises).toEqual([]);
    const reach = (of: typeof matrices): object[] =>
      (of.find(({ name }) => name === "reach")?.cells ?? []).map(({ row, column, outcome }) => ({
        row,
        column,
        outcome,
      }));
    expect(reach(matrices)).toEqual(reach(verify(sampleState(), sampleConfig).matrices));
  });

  it("are a surprise where the config shares them otherwise", () => {
    const rows = verify(withProfile(sampleState()), sampleConfig).surprises.map(({ row }) => row);
    expect(rows).toContain("networking: aws_route53profiles_profile");
    expect(rows).toContain("lob-a: aws_route53_zone_association");
  });
});

describe("the simulated corporate network", () => {
  const config = { ...sampleConfig, onPremise: { cidr: "192.168.10.0/24" } };

  it("is no surprise: it reaches the internet, and the API and Studio through the hub, but no spoke", () => {
    expect(verify(withOffice(sampleState()), config).surprises).toEqual([]);
  });

  it("is a surprise where the config has none", () => {
    const { surprises } = verify(withOffice(sampleState()), sampleConfig);
    expect(surprises).toContainEqual(
      expect.objectContaining({
        matrix: "networks",
        row: "on-premise",
        column: "networking",
        outcome: "reached",
      }),
    );
  });
});

describe("users by group", () => {
  const MAKER = "arn:aws:iam::222222222222:role/studio-access/local/studio-access-local-lob-a-profiles";

  it("are no surprise: one role makes their profiles, each in its own user's name", () => {
    const { surprises, matrices } = verify(groupsState(), groupsConfig);
    expect(surprises).toEqual([]);
    const outcome = (name: MatrixName, row: string, column: string): unknown =>
      matrices
        .find((matrix) => matrix.name === name)
        ?.cells.find((each) => each.row === row && each.column === column)?.outcome;
    expect(outcome("settings", `${MAKER} makes Studio profiles`, "value")).toBe(
      "its own user's, through sagemaker-api",
    );
    expect(outcome("settings", `${ACCESS} makes Studio profiles`, "value")).toBe("no");
    expect(outcome("assume", PRESIGN, MAKER)).toBe("in a user's name");
    expect(outcome("data", PRESIGN, "read studio-access-local-groups")).toBe("BatchGetItem");
  });

  it("are a surprise where the config has none", () => {
    const rows = verify(groupsState(), sampleConfig).surprises.map(({ row }) => row);
    expect(rows).toEqual(
      expect.arrayContaining([MAKER, "row studio-a of studio-access-local-groups: LOB"]) as unknown,
    );
  });

  it("are a surprise where they are not deployed", () => {
    const rows = verify(sampleState(), groupsConfig).surprises.map(({ row }) => row);
    expect(rows).toContain(`${MAKER} makes Studio profiles`);
  });
});

describe("a user who is blocked", () => {
  it("is no surprise: nobody may make a URL for that profile", () => {
    const { surprises, matrices } = verify(blocked()(sampleState()), blockedConfig);
    expect(surprises).toEqual([]);
    const presign = matrices.find(({ name }) => name === "presign");
    const outcomes = presign?.cells.filter(({ column }) => column === "lob-a/user-lob-a") ?? [];
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["no"]));
  });

  it.each(Object.keys(BLOCK))("is a surprise without %s", (part) => {
    expect(verify(blocked(part)(sampleState()), blockedConfig).surprises).not.toEqual([]);
  });

  it("is a surprise where the config blocks nobody", () => {
    expect(verify(blocked()(sampleState()), sampleConfig).surprises).not.toEqual([]);
  });
});

describe("workflows that plan and deploy", () => {
  it("are no surprise: runs of our repository may assume their roles, and every other role has the boundary", () => {
    const { surprises, unproven } = verify(workflowsState(), workflowsConfig);
    expect([surprises, unproven]).toEqual([[], []]);
  });

  it("are a surprise where the config has none", () => {
    const { surprises } = verify(workflowsState(), sampleConfig);
    const plan = workflowRoleArn(sampleConfig, "111111111111", "plan");
    expect(surprises).toContainEqual(
      expect.objectContaining({ matrix: "assume", column: plan, expected: "not in the config" }),
    );
  });

  it("are a surprise where they are not deployed", () => {
    const { surprises } = verify(sampleState(), workflowsConfig);
    expect(surprises).toContainEqual(expect.objectContaining({ matrix: "settings", outcome: "none" }));
    expect(surprises).toContainEqual(expect.objectContaining({ matrix: "data", outcome: "not deployed" }));
  });
});

describe("many lines of business", () => {
  it("hold no surprises", () => {
    const { state, config } = manyLobs(7);
    expect(verify(state, config).surprises).toEqual([]);
  });

  it("have their cells counted but not kept when there are too many", () => {
    const { state, config } = manyLobs(3);
    const reach = verify(state, config, { maxCells: 10 }).matrices[0];
    expect(reach).toMatchObject({ cells: [], cellCount: 143 });
  });
});

describe("an Organization", () => {
  it("may be named in the policies' conditions in place of the accounts", () => {
    const config = { ...sampleConfig, organizationId: "o-example" };
    expect(verify(inOrganization(sampleState()), config).surprises).toEqual([]);
  });
});

describe("what the config leaves to others", () => {
  it("is no surprise where it is not there: API Gateway's role for logs, and SageMaker's bucket", () => {
    const linesOfBusiness = sampleConfig.linesOfBusiness.map((lob) => ({ ...lob, defaultBucket: false }));
    const config: Config = { ...sampleConfig, apiGatewayLogRole: "leave", linesOfBusiness };
    const gone = /^aws_(?:s3_bucket|api_gateway_account)|LogWriter/;
    const state = sampleState().filter(({ address }) => !gone.test(address));
    expect(verify(state, config).surprises).toEqual([]);
    expect(verify(state, sampleConfig).surprises).not.toEqual([]);
  });
});

describe("a state after a refresh", () => {
  it("repeats what other resources say, and holds no surprise", () => {
    const state = sampleState().map((resource) => {
      if (resource.type !== "aws_route_table" || !resource.address.includes("private")) return resource;
      const route = sampleState().find(
        ({ type, values }) => type === "aws_route" && values["route_table_id"] === resource.values["id"],
      );
      const { destination_cidr_block: cidr_block, transit_gateway_id } = route?.values ?? {};
      return { ...resource, values: { ...resource.values, route: [{ cidr_block, transit_gateway_id }] } };
    });
    expect(verify(state, sampleConfig).surprises).toEqual([]);
  });
});
