import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  impliedMirrors,
  providerInstallation,
  UnusableMirror,
  type ProviderInstallation,
} from "./provider-installation";
import { useTemporaryFolder } from "../testing/temporary-folder";

const CONSTRAINT = ">= 5.100.0, < 7.0.0";
const PLATFORM = "linux_amd64";

const folder = useTemporaryFolder();
const inFolder = (...parts: string[]): string => join(folder(), ...parts);

async function file(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, "");
}

const providers = (mirror: string): string => join(mirror, "registry.terraform.io", "hashicorp", "aws");

function unpacked(mirror: string, version = "5.100.0", platform = PLATFORM): Promise<void> {
  return file(join(providers(mirror), version, platform, `terraform-provider-aws_v${version}_x5`));
}

function packed(mirror: string, version = "5.100.0", platform = PLATFORM): Promise<void> {
  return file(join(providers(mirror), `terraform-provider-aws_${version}_${platform}.zip`));
}

function look(env: Record<string, string> = {}): Promise<ProviderInstallation> {
  return providerInstallation({
    constraint: CONSTRAINT,
    platform: PLATFORM,
    // Variables that hide this machine's own mirrors.
    env: { HOME: inFolder("home"), XDG_DATA_DIRS: inFolder("share"), ...env },
    places: [inFolder("opt")],
  });
}

describe("a provider mirror", () => {
  it.each([
    ["unpacked", unpacked],
    ["packed", packed],
  ])("is found in the %s layout", async (_, make) => {
    await make(inFolder("opt", "plugins"));
    expect(await look()).toEqual({ kind: "mirror", path: inFolder("opt", "plugins"), versions: ["5.100.0"] });
  });

  it("gives the matching versions, newest first, in both layouts", async () => {
    const mirror = inFolder("opt", "plugins");
    for (const version of ["4.67.0", "5.100.0", "6.3.0"]) await unpacked(mirror, version);
    for (const version of ["6.3.0", "6.25.0", "7.0.0"]) await packed(mirror, version);
    expect(await look()).toMatchObject({ versions: ["6.25.0", "6.3.0", "5.100.0"] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["has no matching version", () => packed(inFolder("opt", "plugins"), "4.67.0")],
    ["is for another platform", () => packed(inFolder("opt", "plugins"), "5.100.0", "darwin_arm64")],
    [
      "is unpacked for another platform",
      () => unpacked(inFolder("opt", "plugins"), "5.100.0", "darwin_arm64"),
    ],
    [
      "has only an empty folder",
      () => mkdir(join(providers(inFolder("opt/p")), "5.100.0", PLATFORM), { recursive: true }),
    ],
    [
      "has only a signature",
      () => file(join(providers(inFolder("opt/p")), "terraform-provider-aws_5.100.0.sig")),
    ],
    ["lies three levels down", () => packed(inFolder("opt", "some", "plugins"))],
    ["is a file", () => file(inFolder("opt", "registry.terraform.io"))],
  ])("is ignored when it %s", async (_, make) => {
    await make();
    expect(await look()).toEqual({ kind: "registry" });
  });

  it.each([
    ["STUDIO_ACCESS_PROVIDER_MIRROR", "set", ["home/.terraform.d/plugins", "opt/plugins"]],
    ["Terraform's own folder", "home/.terraform.d/plugins", ["share/terraform/plugins", "opt/plugins"]],
    ["a shared data folder", "share/terraform/plugins", ["opt", "opt/plugins"]],
    ["a searched folder itself", "opt", ["opt/plugins"]],
  ])("in %s is used before those in later places", async (_, first, later) => {
    for (const place of [first, ...later]) await packed(inFolder(place));
    const env: Record<string, string> =
      first === "set" ? { STUDIO_ACCESS_PROVIDER_MIRROR: inFolder("set") } : {};
    expect(await look(env)).toMatchObject({ path: inFolder(first) });
  });

  it("is passed over for a later one when it has no matching version", async () => {
    await packed(inFolder("home/.terraform.d/plugins"), "4.67.0");
    await packed(inFolder("opt/plugins"));
    expect(await look()).toMatchObject({ path: inFolder("opt/plugins") });
  });

  it("is found through a symbolic link", async () => {
    await unpacked(inFolder("elsewhere"));
    await mkdir(inFolder("opt"));
    await symlink(inFolder("elsewhere"), inFolder("opt", "plugins"));
    expect(await look()).toMatchObject({ kind: "mirror", path: inFolder("opt", "plugins") });
  });

  it.each([
    ["has no AWS provider", () => Promise.resolve(), "holds no AWS provider for linux_amd64"],
    [
      "has only other versions",
      () => packed(inFolder("set"), "4.67.0"),
      "holds the AWS provider only in 4.67.0",
    ],
  ])("is an error when STUDIO_ACCESS_PROVIDER_MIRROR names a folder that %s", async (_, make, reason) => {
    await make();
    await packed(inFolder("opt/plugins"));
    const looking = look({ STUDIO_ACCESS_PROVIDER_MIRROR: inFolder("set") });
    await expect(looking).rejects.toThrow(UnusableMirror);
    await expect(looking).rejects.toThrow(reason);
  });
});

describe("Terraform's implied mirrors", () => {
  it.each([
    [
      "on Linux",
      "linux",
      {},
      [
        "/h/.terraform.d/plugins",
        "/h/.local/share/terraform/plugins",
        "/usr/local/share/terraform/plugins",
        "/usr/share/terraform/plugins",
      ],
    ],
    [
      "on Linux, with XDG's variables",
      "linux",
      { XDG_DATA_HOME: "/x", XDG_DATA_DIRS: "/y:z:/w" },
      ["/h/.terraform.d/plugins", "/x/terraform/plugins", "/y/terraform/plugins", "/w/terraform/plugins"],
    ],
    [
      "on macOS",
      "darwin",
      { XDG_DATA_HOME: "/x" },
      [
        "/h/.terraform.d/plugins",
        "/h/Library/Application Support/io.terraform/plugins",
        "/Library/Application Support/io.terraform/plugins",
      ],
    ],
  ])("are known %s", (_, system, env, expected) => {
    expect(impliedMirrors({ HOME: "/h", ...env }, system)).toEqual(expected);
  });
});
