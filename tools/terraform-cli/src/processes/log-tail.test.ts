import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tail } from "./log-tail";
import { useTemporaryFolder } from "../testing/temporary-folder";

const folder = useTemporaryFolder();

describe("the tail of a log", () => {
  it.each([
    ["the last lines, oldest first", "a\nb\nc\n", 2, ["b", "c"]],
    ["all lines when there are fewer", "a\nb", 5, ["a", "b"]],
    ["free of carriage returns", "a\r\nb\r\n", 2, ["a", "b"]],
    ["empty for an empty log", "", 3, []],
    ["empty when no lines are requested", "a\n", 0, []],
    ["the end of a log of any size", `${"x".repeat(200_000)}\nend\n`, 1, ["end"]],
  ])("is %s", async (_, text, lines, expected) => {
    const file = join(folder(), "log");
    await writeFile(file, text);
    expect(await tail(file, lines)).toEqual(expected);
  });

  it("is empty when there is no log", async () => {
    expect(await tail(join(folder(), "absent"), 3)).toEqual([]);
  });
});
