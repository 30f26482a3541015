import { plannedStack, type Planner } from "./stack-planner";

const PLAN = { format_version: "1.2", terraform_version: "1.11.4", resource_changes: [] };

function planner(parts: Partial<Planner> = {}): Planner {
  return {
    save: () => Promise.resolve(),
    show: () => Promise.resolve(PLAN),
    synthesized: () => Promise.resolve({}),
    providerVersions: () => Promise.resolve({}),
    ...parts,
  };
}

const fails = (): Promise<never> =>
  Promise.reject(new Error("│ Error: Unable to find remote state\n│ \n│ None."));

describe("planning a stack", () => {
  it("returns the plan", async () => {
    const plan = await plannedStack(planner(), "lob-a", "plan");
    expect(plan).toMatchObject({ stack: "lob-a", terraformVersion: "1.11.4" });
    expect(plan.failure).toBeUndefined();
  });

  it("returns the saved part of a failed plan, with Terraform's error message", async () => {
    const { failure, terraformVersion } = await plannedStack(planner({ save: fails }), "lob-a", "plan");
    expect(failure).toEqual({ kind: "errored", message: "Error: Unable to find remote state\nNone." });
    expect(terraformVersion).toBe("1.11.4");
  });

  it("says so when Terraform saved no plan", async () => {
    const { failure } = await plannedStack(planner({ save: fails, show: fails }), "lob-a", "plan");
    expect(failure).toEqual({ kind: "missing", message: "Error: Unable to find remote state\nNone." });
  });

  it("refuses an unknown format, which cannot be reviewed", async () => {
    const show = (): Promise<unknown> => Promise.resolve({ ...PLAN, format_version: "2.0" });
    await expect(plannedStack(planner({ show }), "lob-a", "plan")).rejects.toThrow("its format is 2.0");
  });
});
