import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkFolder } from "./folder";

const STACK = JSON.stringify({ resource: { aws_vpc: { Main: {} } } });

describe("a folder of synthesized stacks", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "allow-list-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  it("is checked stack by stack, as cdktf writes it or with the stacks alone", async () => {
    await put("stacks/access/cdk.tf.json", STACK);
    const expected = { stacks: ["access"], refusals: [] };
    expect(await checkFolder(root)).toEqual(expected);
    expect(await checkFolder(join(root, "stacks"))).toEqual(expected);
  });

  it.each(["more.tf", "override.tf.json", "x.auto.tfvars", ".terraform"])(
    "is refused with %s in it",
    async (name) => {
      await put("stacks/access/cdk.tf.json", STACK);
      await put(`stacks/access/${name}`, "");
      expect((await checkFolder(root)).refusals).toMatchObject([{ stack: "access", place: name }]);
    },
  );

  it("is refused where a stack is missing, or is not JSON", async () => {
    await put("stacks/access/cdk.tf.json", "{");
    await put("stacks/empty/assets", "");
    expect((await checkFolder(root)).refusals.map(({ stack }) => stack).sort()).toEqual(["access", "empty"]);
  });

  it("is refused without a stack", async () => {
    await expect(checkFolder(root)).rejects.toThrow("npm run synth");
  });
});
