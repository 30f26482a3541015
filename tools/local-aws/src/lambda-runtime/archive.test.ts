import { access, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pathWithin, UnsafeArchive, unzip } from "./archive";
import { zipOf } from "./testing/example-zip";

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "archive-"));
  folder = join(parent, "code");
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe("unzip", () => {
  it("writes files and folders with permissions for the owner only", async () => {
    await unzip(await zipOf({ "index.js": "1", "lib/deep/a.js": "2" }), folder);
    await expect(readFile(join(folder, "lib/deep/a.js"), "utf8")).resolves.toBe("2");
    expect((await stat(join(folder, "index.js"))).mode & 0o077).toBe(0);
  });

  // yazl refuses to write such names, so the test replaces the bytes of harmless names of the same length.
  it.each([
    ["aa/evil", "../evil"],
    ["a/aa/evil", "a/../evil"],
    ["aaaevil", "/aaevil"],
    ["aa/evil", "..\\evil"],
  ])("refuses an archive that would write to %s renamed to %s", async (harmless, name) => {
    const zip = await zipOf({ [harmless]: "x" });
    const evil = Buffer.from(zip.toString("latin1").replaceAll(harmless, name), "latin1");
    await expect(unzip(evil, folder)).rejects.toThrow(UnsafeArchive);
    await expect(access(join(parent, "evil"))).rejects.toThrow("ENOENT");
  });

  it("refuses bytes that are no archive", async () => {
    await expect(unzip(Buffer.from("not a zip"), folder)).rejects.toThrow(UnsafeArchive);
  });
});

describe("pathWithin", () => {
  it.each(["../x", "a/../../x", "/etc/passwd", ".", ""])("refuses %j", (name) => {
    expect(() => pathWithin("/srv/code", name)).toThrow(UnsafeArchive);
  });

  it("refuses a folder whose name only begins like the given folder's", () => {
    expect(() => pathWithin("/srv/code", "../code-2/x")).toThrow(UnsafeArchive);
  });
});
