import { join } from "node:path";
import { writeProgram } from "../testing/fake-programs";
import { useTemporaryFolder } from "../testing/temporary-folder";
import { findPython } from "./python";

const folder = useTemporaryFolder();
const find = (): ReturnType<typeof findPython> => findPython({ PATH: join(folder(), "bin") }, folder());
const python3 = (body: string): Promise<string> => writeProgram(join(folder(), "bin", "python3"), body);

describe("a Python for moto", () => {
  it.each(["3.10.13", "3.12.1+", "3.14.0"])("is the python3 on PATH of version %s", async (version) => {
    const path = await python3(`echo ${version}`);
    expect(await find()).toEqual({ path });
  });

  it("is asked for its version in the checkout, by which version managers choose", async () => {
    const path = await python3(`[ "$(pwd)" = "${folder()}" ] && echo 3.12.1`);
    expect(await find()).toEqual({ path });
  });

  it.each([
    ["is too old", "echo 3.9.6", "is version 3.9.6, older than 3.10"],
    ["does not run", "exit 127", "does not run"],
  ])("is missing when the python3 on PATH %s, and the result says so", async (_, body, problem) => {
    const path = await python3(body);
    expect(await find()).toEqual({ problem: `the python3 on PATH (${path}) ${problem}` });
  });

  it("is missing when there is no python3 on PATH", async () => {
    expect(await find()).toEqual({ problem: "there is no python3 on PATH" });
  });
});
