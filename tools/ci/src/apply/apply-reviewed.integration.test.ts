import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { prepareTerraform, TerraformStacks } from "@studio-access/terraform-cli";

import { applyReviewed } from "./apply-reviewed";
import { deployedStacks } from "./deployed-stacks";

// The real Terraform, over stacks of its built-in resources: they need no provider and no cloud.
jest.setTimeout(120_000);

let root: string;
let stacks: TerraformStacks;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "studio-access-pipeline-"));
  const tools = await prepareTerraform({ directory: root, noInstall: true, announce: () => undefined });
  environment = { ...process.env, ...tools.environment };
  stacks = new TerraformStacks({
    terraform: tools.terraform,
    outdir: root,
    environment,
    scratch: root,
  });
  writeFileSync(
    join(root, "manifest.json"),
    JSON.stringify({
      stacks: {
        access: { dependencies: ["hub"] },
        hub: { dependencies: [] },
        state: { dependencies: [] },
        "ci-access": { dependencies: [] },
      },
    }),
  );
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Two stacks: `access` stores an output of `hub`. */
function write(range: string, note = "a"): void {
  const backend = (name: string): object => ({ backend: { local: { path: join(root, `${name}.tfstate`) } } });
  const files = {
    hub: {
      terraform: backend("hub"),
      resource: { terraform_data: { range: { input: range } } },
      output: { range: { value: range } },
    },
    access: {
      terraform: backend("access"),
      data: {
        terraform_remote_state: { hub: { backend: "local", config: { path: join(root, "hub.tfstate") } } },
      },
      resource: {
        terraform_data: { access: { input: [note, "${data.terraform_remote_state.hub.outputs.range}"] } },
      },
    },
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, "stacks", name), { recursive: true });
    writeFileSync(join(root, "stacks", name, "cdk.tf.json"), JSON.stringify(content));
  }
}

/** A plan to review, in another file than the plans that are made while applying. */
async function planned(stack: string): Promise<string> {
  const file = join(root, `${stack}.reviewed.tfplan`);
  renameSync(await stacks.planAgain(stack), file);
  return file;
}

function kept(stack: string): string {
  return readFileSync(join(root, `${stack}.tfstate`), "utf8");
}

describe("the real Terraform", () => {
  it("applies reviewed plans; stops where another stack's outputs alter a plan; and recognizes a stale plan", async () => {
    const order = await deployedStacks(root);
    expect(order.map(({ name }) => name)).toEqual(["hub", "access"]);
    const run = async (plans: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const reviewed = order.map(({ name, dependencies }) => ({
        stack: name,
        dependencies,
        planFile: plans[name],
      }));
      const done = await applyReviewed(reviewed, stacks, () => undefined);
      return done.map(
        (applied) => `${applied.stack} ${applied.outcome}${"reason" in applied ? `: ${applied.reason}` : ""}`,
      );
    };
    const planBoth = async (): Promise<Record<string, string>> => ({
      hub: await planned("hub"),
      access: await planned("access"),
    });

    // On a first deploy `access` cannot be planned before `hub` is applied.
    write("10.0.0.0/16");
    for (const { name } of order) await stacks.initialize(name, false);
    const first = { hub: await planned("hub") };
    await expect(stacks.planAgain("access")).rejects.toThrow(/terraform plan of access failed: Error: /);
    await expect(run(first)).resolves.toEqual([
      "hub applied",
      expect.stringMatching(/^access stopped: it has no reviewed plan/),
    ]);

    // The second run has a plan of `access`.
    await expect(run(await planBoth())).resolves.toEqual(["hub applied", "access applied"]);
    expect(kept("access")).toContain("10.0.0.0/16");

    // Both change. The reviewed plan of `access` holds the old range of `hub`.
    write("10.9.0.0/16", "b");
    const both = await planBoth();
    await expect(run(both)).resolves.toEqual([
      "hub applied",
      expect.stringMatching(/^access stopped: the outputs of hub have changed/),
    ]);
    expect(kept("access")).toContain("10.0.0.0/16");

    // A plan from before somebody else's apply.
    await expect(run({ hub: both["hub"]! })).resolves.toEqual([
      expect.stringMatching(/^hub stopped: .*stale/),
    ]);
  });
});
