import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MissingTool } from "./missing-tool";
import { terraformPlatform } from "./platform";
import { hashicorpKey } from "./release-signature";
import { findTerraform, type Terraform, type TerraformOptions } from "./terraform";
import { terraformScript, writeProgram } from "../testing/fake-programs";
import { type Delivery, type ReleaseServer, startReleaseServer, zipOf } from "../testing/release-server";
import { useTemporaryFolder } from "../testing/temporary-folder";

const PINNED = "1.11.4";
const ARCHIVE = `terraform_${PINNED}_${terraformPlatform()}.zip`;

const folder = useTemporaryFolder();
const inFolder = (...parts: string[]): string => join(folder(), ...parts);
const cached = (): string => inFolder("cache", "terraform", PINNED, "terraform");

let announced: string[];
let server: ReleaseServer;

beforeEach(async () => {
  announced = [];
  await writeFile(inFolder(".terraform-version"), PINNED);
  server = await serve({ "LICENSE.txt": "", terraform: `#!/bin/sh\n${terraformScript(PINNED)}` });
});

afterEach(() => server.close());

async function serve(entries: Record<string, string>): Promise<ReleaseServer> {
  return startReleaseServer(await zipOf(entries), ARCHIVE);
}

function find(env: Record<string, string> = {}, options: Partial<TerraformOptions> = {}): Promise<Terraform> {
  return findTerraform({
    announce: (text) => announced.push(text),
    env: { PATH: inFolder("bin"), STUDIO_ACCESS_CACHE: inFolder("cache"), ...env },
    root: folder(),
    releases: server.url,
    signingKey: server.signingKey,
    timeoutMs: 5_000,
    ...options,
  });
}

async function failure(work: Promise<unknown>): Promise<MissingTool> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MissingTool);
  return error as MissingTool;
}

async function cacheContent(): Promise<string[]> {
  return (await readdir(inFolder("cache"), { recursive: true }).catch(() => [])).sort();
}

function terraformAt(path: string, version: string = PINNED): Promise<string> {
  return writeProgram(path, terraformScript(version));
}

describe("Terraform on this machine", () => {
  it.each([
    ["setting", "of STUDIO_ACCESS_TERRAFORM first", ["set", "bin/terraform"], { path: "set" }],
    ["path", "on PATH next", ["bin/terraform", "cache"], { path: "bin/terraform" }],
    ["cache", "in the cache last", ["cache"], { path: "cache" }],
  ])("is found by %s: %s", async (origin, _, places, { path }) => {
    const at = (place: string): string => (place === "cache" ? cached() : inFolder(place));
    for (const place of places) await terraformAt(at(place));
    const env: Record<string, string> = places.includes("set")
      ? { STUDIO_ACCESS_TERRAFORM: inFolder("set") }
      : {};
    expect(await find(env, { noInstall: true })).toMatchObject({ path: at(path), version: PINNED, origin });
    expect(announced).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it("is asked for its version in the checkout, by which version managers choose", async () => {
    await writeProgram(
      inFolder("bin", "terraform"),
      `[ -f .terraform-version ] && ${terraformScript(PINNED)}`,
    );
    expect(await find({}, { noInstall: true })).toMatchObject({ origin: "path" });
  });

  it.each([
    ["has another version", terraformScript("1.9.0"), "is version 1.9.0, not 1.11.4"],
    ["does not run", "exit 1", "does not run"],
    ["prints no JSON", "echo hello", "does not run"],
    ["prints no version", "echo '{}'", "does not run"],
  ])("is not used when the one on PATH %s, and the result says so", async (_, script, reason) => {
    await writeProgram(inFolder("bin", "terraform"), script);
    await terraformAt(cached());
    const passedOver = [`the terraform on PATH (${inFolder("bin", "terraform")}) ${reason}`];
    expect(await find({}, { noInstall: true })).toMatchObject({ origin: "cache", passedOver });
  });

  it.each([
    ["of another version", (path: string) => terraformAt(path, "1.9.0"), "is version 1.9.0, not 1.11.4"],
    ["that is not there", () => Promise.resolve(), "does not run"],
  ])("is not replaced by another when STUDIO_ACCESS_TERRAFORM names one %s", async (_, make, reason) => {
    await make(inFolder("set"));
    await terraformAt(inFolder("bin", "terraform"));
    const error = await failure(find({ STUDIO_ACCESS_TERRAFORM: inFolder("set") }));
    expect(error.why).toBe(`STUDIO_ACCESS_TERRAFORM (${inFolder("set")}) ${reason}`);
  });
});

describe("a missing Terraform", () => {
  it("is an error with the ways to install it when installing is forbidden", async () => {
    const error = await failure(find({}, { noInstall: true }));
    expect(error.tool).toBe("Terraform 1.11.4");
    expect(error.why).toBe("there is no terraform on PATH; installing is switched off");
    expect(error.message).toContain(`https://releases.hashicorp.com/terraform/${PINNED}/${ARCHIVE}`);
    expect(error.message).toContain("STUDIO_ACCESS_TERRAFORM");
    expect(announced).toEqual([]);
    expect(server.requests).toEqual([]);
    expect(await cacheContent()).toEqual([]);
  });

  it("is downloaded into the cache, and found there the next time", async () => {
    expect(await find()).toMatchObject({ path: cached(), version: PINNED, origin: "download" });
    expect(server.requests.map(({ path }) => path)).toEqual([
      `/terraform/${PINNED}/terraform_${PINNED}_SHA256SUMS`,
      `/terraform/${PINNED}/terraform_${PINNED}_SHA256SUMS.72D7468F.sig`,
      `/terraform/${PINNED}/${ARCHIVE}`,
    ]);
    expect((await stat(cached())).mode & 0o777).toBe(0o755);
    expect(await cacheContent()).toEqual([
      "terraform",
      `terraform/${PINNED}`,
      `terraform/${PINNED}/terraform`,
    ]);
    expect(await find({}, { noInstall: true })).toMatchObject({ path: cached(), origin: "cache" });
  });

  it("is announced before the download, with its version, source, target and reason", async () => {
    const requestsWhenAnnounced: number[] = [];
    await find(
      {},
      {
        announce: (text) => {
          announced.push(text);
          requestsWhenAnnounced.push(server.requests.length);
        },
      },
    );
    expect(requestsWhenAnnounced).toEqual([0]);
    expect(announced).toEqual([
      `Downloading Terraform ${PINNED} from ${server.url}/terraform/${PINNED}/${ARCHIVE} to ${cached()} (there is no terraform on PATH)`,
    ]);
  });

  it("is downloaded from a mirror that the environment names, also below a path", async () => {
    const releases = `${server.url}/hashicorp//`;
    await findTerraform({
      announce: () => undefined,
      env: { STUDIO_ACCESS_CACHE: inFolder("cache"), STUDIO_ACCESS_TERRAFORM_RELEASES: releases },
      root: folder(),
      signingKey: server.signingKey,
    });
    expect(server.requests[2]?.path).toBe(`/hashicorp/terraform/${PINNED}/${ARCHIVE}`);
  });

  it("replaces a damaged one in the cache", async () => {
    await mkdir(dirname(cached()), { recursive: true });
    await writeFile(cached(), "half a progr");
    await chmod(cached(), 0o755);
    expect(await find()).toMatchObject({ origin: "download" });
    expect(await readFile(cached(), "utf8")).toContain(PINNED);
  });

  it("can be downloaded twice at the same time", async () => {
    const found = await Promise.all([find(), find(), find()]);
    expect(found.map(({ path }) => path)).toEqual([cached(), cached(), cached()]);
    expect(await cacheContent()).toEqual([
      "terraform",
      `terraform/${PINNED}`,
      `terraform/${PINNED}/terraform`,
    ]);
  });
});

describe("a failed download of Terraform", () => {
  it.each<[Delivery, string]>([
    ["absent", "answered 404"],
    ["changed", "it was damaged or replaced, and was thrown away"],
    ["cut off", "could not be fetched"],
  ])("(%s) leaves nothing behind, and says so", async (delivery, reason) => {
    server.deliver(delivery);
    const error = await failure(find());
    expect(error.why).toContain(reason);
    expect(error.why).toContain(ARCHIVE);
    expect(await cacheContent()).toEqual(["terraform"]);
  });

  it("says so when the server cannot be reached", async () => {
    await server.close();
    expect((await failure(find())).why).toContain("ECONNREFUSED");
    expect(await cacheContent()).toEqual(["terraform"]);
    server = await serve({});
  });

  it.each([
    ["do not list it", `${"0".repeat(64)}  terraform_${PINNED}_plan9_amd64.zip\n`],
    ["are an HTML page", "<html>sign in</html>"],
  ])("says so when the checksums %s", async (_, text) => {
    await server.publishChecksums(text);
    expect((await failure(find())).why).toContain(`do not list ${ARCHIVE}`);
    expect(await cacheContent()).toEqual(["terraform"]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "were changed after they were signed",
      () => {
        server.forgeChecksums(`${"0".repeat(64)}  ${ARCHIVE}\n`);
      },
      "is not signed by HashiCorp",
    ],
    [
      "have an invalid signature file",
      () => {
        server.replaceSignature(Buffer.from("<html>sign in</html>"));
      },
      "is not signed by HashiCorp",
    ],
    [
      "have no signature",
      () => {
        server.replaceSignature(undefined);
      },
      "SHA256SUMS.72D7468F.sig answered 404",
    ],
  ])("does not request the archive when the checksums %s", async (_, spoil, reason) => {
    spoil();
    expect((await failure(find())).why).toContain(reason);
    expect(server.requests.map(({ path }) => path).filter((path) => path.endsWith(".zip"))).toEqual([]);
    expect(await cacheContent()).toEqual(["terraform"]);
  });

  it("does not request the archive when another key signed the checksums", async () => {
    const signingKey = await hashicorpKey();
    expect((await failure(find({}, { signingKey }))).why).toContain("is not signed by HashiCorp");
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["contains no terraform", { "LICENSE.txt": "" }, "has no terraform in it"],
    [
      "has one of another version",
      { terraform: `#!/bin/sh\n${terraformScript("1.9.0")}` },
      "is version 1.9.0",
    ],
    ["has one that does not run on this machine", { terraform: "MZ" }, "does not run"],
  ])("says so when the archive %s", async (_, entries: Record<string, string>, reason) => {
    await server.close();
    server = await serve(entries);
    expect((await failure(find())).why).toContain(reason);
  });

  it("leaves nothing behind when it is interrupted", async () => {
    server.deliver("stuck");
    const stop = new AbortController();
    const finding = find({}, { signal: stop.signal });
    finding.catch(() => undefined);
    await server.stuck;
    stop.abort(new Error("interrupted"));
    await expect(finding).rejects.toThrow("interrupted");
    expect(await cacheContent()).toEqual(["terraform"]);
  });

  it("is not used when a killed process left it incomplete", async () => {
    await terraformAt(inFolder("cache", "terraform", ".incoming-x1y2z3", "terraform"));
    const error = await failure(find({}, { noInstall: true }));
    expect(error.why).toBe("there is no terraform on PATH; installing is switched off");
  });

  it("refuses an invalid URL of a mirror, without repeating it", async () => {
    await expect(find({}, { releases: "mirror/key-in-here" })).rejects.toThrow(
      /^STUDIO_ACCESS_TERRAFORM_RELEASES is not a URL$/,
    );
  });
});
