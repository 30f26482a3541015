import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cutState, ensureWholeStates } from "./cut-state";

const CONFIG = { state: { backend: "local", directory: "." } } as const;
const STATE = JSON.stringify({
  version: 4,
  outputs: {},
  resources: [
    { mode: "managed", type: "aws_vpc", name: "Vpc", instances: [{ attributes: { id: "vpc-1" } }] },
  ],
});

describe("a local state file", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "cut-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it("is cut off where it ends in the middle, and then names recover", async () => {
    const file = join(root, "lob-a.tfstate");
    await writeFile(file, STATE.slice(0, 50));
    await expect(cutState("lob-a", root, CONFIG)).resolves.toEqual({ file, bytes: 50, before: undefined });
    await expect(ensureWholeStates(["access", "lob-a"], root, CONFIG)).rejects.toThrow(
      `The state of lob-a is not whole: ${file} ends after 50 bytes. Terraform was killed while it wrote it. ` +
        "Mend it first: ./studio recover lob-a",
    );
  });

  it("is cut off where it is empty, and was not before", async () => {
    await writeFile(join(root, "lob-a.tfstate"), "");
    await expect(cutState("lob-a", root, CONFIG)).resolves.toBeUndefined();
    await writeFile(join(root, "lob-a.tfstate.backup"), STATE);
    await expect(cutState("lob-a", root, CONFIG)).resolves.toMatchObject({
      bytes: 0,
      before: {
        file: join(root, "lob-a.tfstate.backup"),
        state: { instances: [{ address: "aws_vpc.Vpc" }] },
      },
    });
  });

  it("is not cut off where it is whole, of a later Terraform, or not there", async () => {
    await writeFile(join(root, "lob-a.tfstate"), STATE);
    await writeFile(join(root, "lob-b.tfstate"), '{"version": 5}');
    await expect(ensureWholeStates(["lob-a", "lob-b", "lob-c"], root, CONFIG)).resolves.toBeUndefined();
  });
});
