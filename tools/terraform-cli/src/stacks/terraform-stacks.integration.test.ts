import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeProgram } from "../testing/fake-programs";
import { TerraformStacks } from "./terraform-stacks";

it("says that Terraform was killed, which itself can say nothing then", async () => {
  const root = await mkdtemp(join(tmpdir(), "terraform-stacks-"));
  try {
    await mkdir(join(root, "stacks", "lob-a"), { recursive: true });
    const terraform = await writeProgram(join(root, "terraform"), "kill -9 $$");
    const stacks = new TerraformStacks({ terraform, outdir: root, environment: {}, scratch: root });
    await expect(stacks.apply("lob-a", "plan")).rejects.toThrow(
      "terraform apply of lob-a was killed by SIGKILL.",
    );
  } finally {
    await rm(root, { recursive: true });
  }
});
