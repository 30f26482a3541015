import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { behindShim, findPython, interpreterOf } from "./python";
import { writeProgram } from "../testing/fake-programs";
import { useTemporaryFolder } from "../testing/temporary-folder";

const folder = useTemporaryFolder();
const inFolder = (...parts: string[]): string => join(folder(), ...parts);
const env = (): Record<string, string> => ({ PATH: inFolder("bin") });

describe("the interpreter of a script", () => {
  it.each([
    ["its first line", "#!/opt/python/bin/python3.11\nimport re\n", "/opt/python/bin/python3.11"],
    ["its first line, with options", "#! /usr/bin/python3 -sP\n", "/usr/bin/python3"],
    ["pip's shell preamble", `#!/bin/sh\n'''exec' "/a b/bin/python" "$0" "$@"\n' '''\n`, "/a b/bin/python"],
    [
      "pip's shell preamble without quotes",
      `#!/bin/sh\n'''exec' /long/python "$0" "$@"\n' '''\n`,
      "/long/python",
    ],
  ])("is read from %s", async (_, text, expected) => {
    await writeFile(inFolder("script"), text);
    expect(await interpreterOf(inFolder("script"), env())).toBe(expected);
  });

  it.each(["#!/usr/bin/env python3\n", "#!/usr/bin/env -S python3 -s\n"])(
    "is looked up on PATH for %j",
    async (text) => {
      const python = await writeProgram(inFolder("bin", "python3"), "");
      await writeFile(inFolder("script"), text);
      expect(await interpreterOf(inFolder("script"), env())).toBe(python);
    },
  );

  it.each(["#!/bin/sh\nexec docker run moto\n", "#!/usr/bin/env bash\n", "\u007fELF\0\0", "", "import re\n"])(
    "is unknown for %j",
    async (text) => {
      await writeFile(inFolder("script"), text);
      expect(await interpreterOf(inFolder("script"), env())).toBeUndefined();
    },
  );
});

describe("a Python for moto", () => {
  const pythonOf = (name: string, version: string): Promise<string> =>
    writeProgram(inFolder("bin", name), `echo ${version}`);

  it("is python3 where that is new enough", async () => {
    const python = await pythonOf("python3", "3.10.13");
    await pythonOf("python3.13", "3.13.0");
    expect(await findPython(env())).toBe(python);
  });

  it("is a newer one beside an old python3", async () => {
    await pythonOf("python3", "3.9.6");
    const newer = await pythonOf("python3.12", "3.12.1+");
    expect(await findPython(env())).toBe(newer);
  });

  it("is none where all are too old, or do not run", async () => {
    await pythonOf("python", "2.7.18");
    await writeProgram(inFolder("bin", "python3"), "exit 127");
    expect(await findPython(env())).toBeUndefined();
  });
});

describe("a version manager's shim", () => {
  const shim = (): Promise<string> => writeProgram(inFolder("pyenv", "shims", "moto_server"), "exit 1");

  it.each([
    ["beside the shims", "pyenv/bin/pyenv"],
    ["on PATH", "bin/asdf"],
  ])("stands for what the manager %s says, in the given folder", async (_, manager) => {
    const target = await writeProgram(inFolder("3.11", "bin", "moto_server"), "");
    await writeFile(inFolder(".python-version"), "");
    await writeProgram(
      inFolder(manager),
      `[ -f .python-version ] && [ "$*" = "which moto_server" ] && echo "${target}"`,
    );
    expect(await behindShim(await shim(), env(), folder())).toBe(target);
  });

  it("stands for nothing where its manager knows no such program", async () => {
    await writeProgram(inFolder("bin", "pyenv"), "exit 127");
    expect(await behindShim(await shim(), env(), folder())).toBeUndefined();
  });

  it("is told from a program in any other folder", async () => {
    const path = inFolder("bin", "moto_server");
    expect(await behindShim(path, env(), folder())).toBe(path);
  });
});
