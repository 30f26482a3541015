import { mkdtemp, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeIfChanged } from "./write";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-"));
  path = join(folder, "deep", "file");
});

afterEach(() => rm(folder, { recursive: true }));

describe("writeIfChanged", () => {
  it("writes a new file and its folders, and leaves no temporary file", async () => {
    expect(await writeIfChanged(path, Buffer.from("one"))).toBe(true);
    expect(await readFile(path, "utf8")).toBe("one");
    expect(await readdir(join(folder, "deep"))).toEqual(["file"]);
  });

  it("writes other contents", async () => {
    await writeIfChanged(path, Buffer.from("one"));
    expect(await writeIfChanged(path, Buffer.from("two"))).toBe(true);
    expect(await readFile(path, "utf8")).toBe("two");
  });

  it("does not write a file that already has the same contents", async () => {
    await writeIfChanged(path, Buffer.from("one"));
    await utimes(path, 1000, 1000);
    expect(await writeIfChanged(path, Buffer.from("one"))).toBe(false);
    expect((await stat(path)).mtimeMs).toBe(1_000_000);
  });
});
