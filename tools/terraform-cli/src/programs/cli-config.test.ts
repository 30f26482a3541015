import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { terraformEnvironment, writeCliConfig } from "./cli-config";
import { useTemporaryFolder } from "../testing/temporary-folder";

const folder = useTemporaryFolder();
const REGISTRY = { kind: "registry" } as const;
const mirror = (path: string) => ({ kind: "mirror", path, versions: ["5.100.0"] }) as const;

async function written(
  ...args: Parameters<typeof writeCliConfig> extends [string, ...infer R] ? R : never
): Promise<string> {
  const file = join(folder(), "new", "terraform.tfrc");
  await writeCliConfig(file, ...args);
  return readFile(file, "utf8");
}

describe("Terraform's CLI configuration", () => {
  it("installs providers from the registry when there is no mirror", async () => {
    expect(await written(REGISTRY)).toBe(`disable_checkpoint = true
provider_installation {
  direct {}
}
`);
  });

  it("installs the registry's providers only from the mirror when there is one", async () => {
    expect(await written(mirror('/a b/"quoted"'))).toBe(`disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = "/a b/\\"quoted\\""
    include = ["registry.terraform.io/*/*"]
  }
  direct {
    exclude = ["registry.terraform.io/*/*"]
  }
}
`);
  });

  it("uses a plugin cache also for stacks without a lock file, and creates its folder", async () => {
    const pluginCacheDir = join(folder(), "cache", "providers");
    expect(await written(REGISTRY, { pluginCacheDir })).toContain(
      `plugin_cache_dir = "${pluginCacheDir}"\nplugin_cache_may_break_dependency_lock_file = true\n`,
    );
    expect((await stat(pluginCacheDir)).isDirectory()).toBe(true);
  });
});

describe("Terraform's environment", () => {
  const common = { terraform: { path: "/c/terraform" }, cliConfigFile: "/c/terraform.tfrc" };
  const EXPECTED = {
    TF_CLI_CONFIG_FILE: "/c/terraform.tfrc",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TERRAFORM_BINARY_NAME: "/c/terraform",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  };

  it("names the configuration and the program", () => {
    expect(terraformEnvironment({ ...common, installation: REGISTRY })).toEqual(EXPECTED);
  });

  it.each([
    ["/srv/terraform-mirror", "-fs-mirror=/srv/terraform-mirror"],
    ["/a b", "'-fs-mirror=/a b'"],
    ["/it's", "'-fs-mirror=/it'\\''s'"],
    ["/back\\slash", "'-fs-mirror=/back\\slash'"],
  ])("locks providers from a mirror at %s", (path, argument) => {
    expect(terraformEnvironment({ ...common, installation: mirror(path) })).toEqual({
      ...EXPECTED,
      TF_CLI_ARGS_providers_lock: argument,
    });
  });
});
