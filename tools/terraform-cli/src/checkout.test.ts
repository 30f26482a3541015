import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkoutRoot, pinnedTerraformVersion } from "./checkout";
import { useTemporaryFolder } from "./testing/temporary-folder";

const folder = useTemporaryFolder();

describe("the checkout's root", () => {
  it("is the nearest folder above with a cdktf.json", async () => {
    const inner = join(folder(), "packages", "some");
    await mkdir(inner, { recursive: true });
    await writeFile(join(folder(), "cdktf.json"), "{}");
    expect(checkoutRoot(inner)).toBe(folder());
  });

  it("is found from this package", () => {
    expect(join(checkoutRoot(), "tools", "terraform-cli", "src")).toBe(__dirname);
  });

  it("is an error when no folder above has a cdktf.json", () => {
    expect(() => checkoutRoot(folder())).toThrow("no cdktf.json in or above");
  });
});

describe("the pinned Terraform version", () => {
  it.each(["1.11.4", "1.11.4\n", " 1.12.0-beta1 "])("is read from %j", async (text) => {
    await writeFile(join(folder(), ".terraform-version"), text);
    expect(await pinnedTerraformVersion(folder())).toBe(text.trim());
  });

  it.each(["", "latest", "latest:^1.11", "1.11", "../../1.2.3"])("is not read from %j", async (text) => {
    await writeFile(join(folder(), ".terraform-version"), text);
    await expect(pinnedTerraformVersion(folder())).rejects.toThrow("holds no exact version");
  });
});
