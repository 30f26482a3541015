import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

import { examine, exitCodeOf, reportsOf, type Examined, type Planner } from "./stack-report";

const GROUP: StateResourceJson = {
  address: "aws_security_group.g",
  mode: "managed",
  type: "aws_security_group",
  name: "g",
  values: {
    id: "sg-1",
    ingress: [{ protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] }],
  },
};
const VPC: StateResourceJson = {
  address: "aws_vpc.v",
  mode: "managed",
  type: "aws_vpc",
  name: "v",
  values: { id: "vpc-1" },
};

function plan(change: Partial<PlanJson> = {}, ...resources: readonly StateResourceJson[]): PlanJson {
  return {
    format_version: "1.2",
    prior_state: { values: { root_module: { resources: resources.length === 0 ? [VPC] : resources } } },
    ...change,
  };
}

const changedOutside: Partial<PlanJson> = {
  resource_drift: [
    {
      address: "aws_vpc.v",
      ...{ mode: "managed", type: "aws_vpc", name: "v" },
      change: { actions: ["update"], before: { a: 1 }, after: { a: 2 } },
    },
  ],
  resource_changes: [
    {
      address: "aws_vpc.v",
      ...{ mode: "managed", type: "aws_vpc", name: "v" },
      change: { actions: ["update"], before: { a: 2 }, after: { a: 1 } },
    },
  ],
};
const newInConfig: Partial<PlanJson> = {
  resource_changes: [
    {
      address: "aws_new.n",
      ...{ mode: "managed", type: "aws_new", name: "n" },
      change: { actions: ["create"], before: null, after: {} },
    },
  ],
};
const both: Partial<PlanJson> = {
  ...changedOutside,
  resource_changes: [...changedOutside.resource_changes!, ...newInConfig.resource_changes!],
};

/** A planner that returns the given plans in order, and records whether it was asked to refresh. */
function planner(
  refreshed: PlanJson | Error,
  unrefreshed?: PlanJson,
): Planner & { readonly asked: boolean[] } {
  const asked: boolean[] = [];
  return {
    asked,
    plan: (_stack, { refresh }) => {
      asked.push(refresh);
      const answer = refresh ? refreshed : unrefreshed;
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer ?? new Error("not expected"))
        : Promise.resolve(answer);
    },
    isDeployed: () => Promise.resolve(true),
    places: () =>
      Promise.resolve(new Map([["aws_vpc.v", { constructPath: "s/Network/Vpc", account: "111111111111" }]])),
  };
}

const OPTIONS = (account: string | undefined): string => `--of ${account ?? "anybody"}`;

async function reported(...plans: readonly (PlanJson | Error)[]): Promise<ReturnType<typeof reportsOf>> {
  const found = await Promise.all(
    plans.map(async (answer, index) => examine(planner(answer, plan()), `stack-${index}`)),
  );
  return reportsOf(found, true, OPTIONS);
}

describe("examining a stack", () => {
  it("makes one plan when there are no changes, or changes of one kind only", async () => {
    for (const answer of [plan(), plan(changedOutside), plan(newInConfig)]) {
      const asked = planner(answer);
      await examine(asked, "s");
      expect(asked.asked).toEqual([true]);
    }
  });

  it("makes a second plan, without a refresh, to separate drift from its consequences", async () => {
    const asked = planner(plan(both), plan(newInConfig));
    expect(await examine(asked, "s")).toMatchObject({
      assessment: { drift: [{ address: "aws_vpc.v" }], pending: [{ address: "aws_new.n" }] },
    });
    expect(asked.asked).toEqual([true, false]);
  });

  it("gives Terraform's error message without its box characters and the log before it", async () => {
    const failed = new Error(
      [
        "terraform plan of s failed. The end of its log:",
        "",
        "aws_vpc.v: Refreshing state...",
        "╷",
        "│ Error: No valid credential sources found",
        "│ ",
        "│   with provider aws.shared,",
        "╵",
      ].join("\n"),
    );
    expect(await examine(planner(failed), "s")).toEqual({
      stack: "s",
      error: "Error: No valid credential sources found\nwith provider aws.shared,",
    });
  });

  it("gives any other error message unchanged", async () => {
    expect(await examine(planner(new Error("no such file")), "s")).toEqual({
      stack: "s",
      error: "no such file",
    });
  });

  it("counts a stack whose plan fails as not deployed when its state is empty", async () => {
    const empty: Planner = {
      ...planner(new Error("upstream has no outputs")),
      isDeployed: () => Promise.resolve(false),
    };
    expect(await examine(empty, "s")).toEqual({ stack: "s", deployed: false });
  });

  it("counts a stack whose state cannot be read as failed", async () => {
    const locked: Planner = {
      ...planner(new Error("no bucket")),
      isDeployed: () => Promise.reject(new Error("no bucket")),
    };
    expect(await examine(locked, "s")).toEqual({ stack: "s", error: "no bucket" });
  });
});

describe("the reports", () => {
  it("have one status each, in which drift has priority over pending changes", async () => {
    const reports = await reported(
      plan(),
      plan(changedOutside),
      plan(newInConfig),
      plan(both),
      { format_version: "1.2" },
      new Error("x"),
    );
    expect(reports.map(({ status }) => status)).toEqual([
      "clean",
      "drift",
      "pending",
      "drift",
      "not deployed",
      "error",
    ]);
  });

  it("name the construct and the account of what changed", async () => {
    expect((await reported(plan(changedOutside)))[0]?.drift).toMatchObject([
      { address: "aws_vpc.v", constructPath: "s/Network/Vpc", account: "111111111111" },
    ]);
  });

  it("include additions made by hand", async () => {
    expect(await reported(plan({}, GROUP))).toMatchObject([
      {
        status: "drift",
        drift: [
          {
            address: "aws_security_group.g",
            kind: "added to",
            attributes: [{ attribute: "ingress", after: "tcp 22-22 0.0.0.0/0" }],
            remedies: [
              {
                undo: expect.stringMatching(
                  /^aws ec2 revoke-security-group-ingress .* --of anybody$/,
                ) as unknown,
                keep: { idCommand: expect.stringMatching(/^aws ec2 describe.* --of anybody$/) as unknown },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("leave out additions when a stack that may have made them was not planned", async () => {
    expect((await reported(plan({}, GROUP), new Error("x")))[0]?.status).toBe("clean");
    const one: Examined[] = [await examine(planner(plan({}, GROUP)), "s")];
    expect(reportsOf(one, false, OPTIONS)[0]?.status).toBe("clean");
  });
});

describe("the exit code", () => {
  it.each([
    ["nothing changed", 0, [plan()]],
    ["only the config changed", 0, [plan(newInConfig)]],
    ["a stack is not deployed", 0, [plan(), { format_version: "1.2" }]],
    ["something changed outside", 2, [plan(), plan(changedOutside)]],
    ["a stack could not be planned, even when there is drift", 1, [plan(changedOutside), new Error("x")]],
  ])("when %s is %i", async (_what, code, plans) => {
    expect(exitCodeOf(await reported(...plans))).toBe(code);
  });
});
