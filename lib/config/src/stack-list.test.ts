import { dependenciesOf, isAdministratorsStack, stackNames, stacksOf } from "./stack-list";
import { sampleConfig } from "./testing/sample";

const EVERYTHING = {
  ...sampleConfig(),
  stateBucket: true,
  onPremise: { cidr: "192.168.10.0/24" },
  ci: { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" },
};

describe("the stacks of a config", () => {
  it("are the hub, the access stack and one per line of business", () => {
    expect(stackNames(sampleConfig())).toEqual(["networking", "access", "lob-a", "lob-b"]);
  });

  it("are more where the config asks for the simulator", () => {
    expect(stackNames(EVERYTHING)).toEqual(["networking", "access", "lob-a", "lob-b", "on-premise"]);
  });

  it("leave out the stacks that an administrator deploys", () => {
    const administrators = stacksOf(EVERYTHING).filter(({ deployedBy }) => deployedBy === "administrator");
    expect(administrators.map(({ name }) => name)).toEqual([
      "state",
      "ci-access",
      "ci-access-lob-a",
      "ci-access-lob-b",
    ]);
    for (const { name, deployedBy } of stacksOf(EVERYTHING)) {
      expect(isAdministratorsStack(name)).toBe(deployedBy === "administrator");
    }
  });

  it("stand after those that they read", () => {
    const seen = new Set<string>();
    for (const { name, dependencies } of stacksOf(EVERYTHING)) {
      expect(dependencies.filter((needed) => !seen.has(needed))).toEqual([]);
      seen.add(name);
    }
  });

  it.each([
    ["networking", []],
    ["access", ["networking"]],
    ["lob-b", ["networking", "access"]],
    ["on-premise", ["networking", "access"]],
    ["ci-access-lob-a", []],
    ["lob-z", []],
  ])("read others: %s reads %j", (stack, dependencies) => {
    expect(dependenciesOf(EVERYTHING, stack)).toEqual(dependencies);
  });
});
