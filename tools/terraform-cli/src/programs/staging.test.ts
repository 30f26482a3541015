import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withStaging } from "./staging";
import { useTemporaryFolder } from "../testing/temporary-folder";

const folder = useTemporaryFolder();

describe("a staging folder", () => {
  it("exists during the work, and is removed afterwards", async () => {
    const seen = await withStaging(folder(), async (staging) => {
      await writeFile(join(staging, "half"), "");
      return readdir(folder());
    });
    expect(seen).toHaveLength(1);
    expect(await readdir(folder())).toEqual([]);
  });

  it("is removed also when the work fails", async () => {
    const work = withStaging(folder(), () => Promise.reject(new Error("out of luck")));
    await expect(work).rejects.toThrow("out of luck");
    expect(await readdir(folder())).toEqual([]);
  });

  it("of a killed process is removed later, and nothing else", async () => {
    const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    for (const name of [".incoming-old", ".incoming-new", "1.11.4"]) await mkdir(join(folder(), name));
    for (const name of [".incoming-old", "1.11.4"]) await utimes(join(folder(), name), longAgo, longAgo);
    await withStaging(folder(), () => Promise.resolve());
    expect(await readdir(folder())).toEqual([".incoming-new", "1.11.4"]);
  });
});
