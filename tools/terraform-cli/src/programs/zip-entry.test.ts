import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipOf } from "../testing/release-server";
import { useTemporaryFolder } from "../testing/temporary-folder";
import { unpackEntry } from "./zip-entry";

const folder = useTemporaryFolder();

async function unpack(archive: Buffer): Promise<string> {
  const file = join(folder(), "archive.zip");
  await writeFile(file, archive);
  await unpackEntry(file, "terraform", join(folder(), "out"));
  return readFile(join(folder(), "out"), "utf8");
}

/** The archive with one entry's name replaced, in the local header and in the central directory. */
function rename(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString("latin1").replaceAll(from, to), "latin1");
}

describe("an entry of an archive", () => {
  it("is unpacked to the given path, without other entries", async () => {
    expect(await unpack(await zipOf({ "LICENSE.txt": "free", terraform: "program" }))).toBe("program");
    expect((await readdir(folder())).sort()).toEqual(["archive.zip", "out"]);
  });

  it.each([
    ["leads up", "xx/evil", "../evil"],
    ["is absolute", "xxxxevil", "/tmp/evil"],
    ["leads up with backslashes", "xx/evil", "..\\evil"],
  ])("is refused when a name in the archive %s", async (_, harmless, evil) => {
    const name = harmless.padEnd(evil.length, "x");
    const archive = rename(await zipOf({ terraform: "program", [name]: "" }), name, evil);
    await expect(unpack(archive)).rejects.toThrow(/invalid|absolute/);
    expect(await readdir(folder())).toEqual(["archive.zip"]);
  });

  it.each([
    ["an archive without it", () => zipOf({ "bin/terraform": "" }), "has no terraform in it"],
    [
      "a truncated archive",
      async () => (await zipOf({ terraform: "program" })).subarray(0, 40),
      /[Ee]nd of central/,
    ],
    ["a file that is no archive", () => Promise.resolve(Buffer.from("<html>")), /[Ee]nd of central/],
  ])("is refused from %s", async (_, make, message) => {
    await expect(unpack(await make())).rejects.toThrow(message);
  });
});
