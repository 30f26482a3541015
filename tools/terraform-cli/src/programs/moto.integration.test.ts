import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MissingTool } from "./missing-tool";
import { findMoto, type Moto, type MotoOptions } from "./moto";
import { type PythonKnob, pythonScript, writeProgram } from "../testing/fake-programs";
import { useTemporaryFolder } from "../testing/temporary-folder";
import { until } from "../testing/until";

const folder = useTemporaryFolder();
const inFolder = (...parts: string[]): string => join(folder(), ...parts);

let announced: string[];

beforeEach(() => {
  announced = [];
});

function find(env: Record<string, string> = {}, options: Partial<MotoOptions> = {}): Promise<Moto> {
  return findMoto({
    announce: (text) => announced.push(text),
    env: { PATH: inFolder("bin"), STUDIO_ACCESS_CACHE: inFolder("cache"), ...env },
    root: folder(),
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

/** A moto_server, and a Python beside it that answers with this version of moto. */
async function motoAt(place: string, version = "5.1.4"): Promise<string> {
  const python = await writeProgram(
    inFolder(place, "python"),
    pythonScript({ python: "3.11.7", moto: version }),
  );
  await writeFile(inFolder(place, "moto_server"), `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''\n`, {
    mode: 0o755,
  });
  return inFolder(place, "moto_server");
}

function pythonOnPath(): Promise<string> {
  return writeProgram(inFolder("bin", "python3"), pythonScript({ python: "3.12.1", moto: "5.2.1" }));
}

async function environments(): Promise<string[]> {
  return (await readdir(inFolder("cache", "moto")).catch(() => []))
    .filter((name) => name !== "install.log")
    .sort();
}

describe("moto, where it is on this machine,", () => {
  it("is that of STUDIO_ACCESS_MOTO before that on PATH", async () => {
    const set = await motoAt("set", "5.2.0");
    await motoAt("bin");
    expect(await find({ STUDIO_ACCESS_MOTO: set })).toEqual({
      path: set,
      version: "5.2.0",
      origin: "setting",
      passedOver: [],
    });
  });

  it("is the one on PATH from version 5.1 on", async () => {
    const path = await motoAt("bin", "5.1.0");
    expect(await find({}, { noInstall: true })).toMatchObject({ path, version: "5.1.0", origin: "path" });
    expect(announced).toEqual([]);
  });

  it("is taken at its word when STUDIO_ACCESS_MOTO names a wrapper", async () => {
    const wrapper = await writeProgram(inFolder("wrapper"), "exec docker run moto");
    expect(await find({ STUDIO_ACCESS_MOTO: wrapper })).toMatchObject({ path: wrapper, version: "unknown" });
  });

  it("is found behind a version manager's shim", async () => {
    const target = await motoAt("3.11/bin");
    await writeProgram(inFolder("pyenv", "shims", "moto_server"), "exec pyenv exec moto_server");
    await writeProgram(inFolder("pyenv", "bin", "pyenv"), `echo "${target}"`);
    expect(await find({ PATH: inFolder("pyenv", "shims") })).toMatchObject({ path: target, origin: "path" });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["is older than 5.1", () => motoAt("bin", "5.0.28"), "is version 5.0.28, older than 5.1.0"],
    [
      "lacks its server extra",
      async () => {
        await motoAt("bin");
        await writeProgram(inFolder("bin", "python"), "exit 1");
      },
      "cannot load moto with its server extra",
    ],
    [
      "is no Python script",
      () => writeProgram(inFolder("bin", "moto_server"), "exit 0"),
      "does not say which Python runs it",
    ],
    [
      "is a shim that stands for nothing",
      () => writeProgram(inFolder("shims", "moto_server"), "exit 127"),
      "stands for none in this folder",
    ],
  ])("is passed over when the one on PATH %s", async (_, make, reason) => {
    await make();
    const error = await failure(
      find({ PATH: `${inFolder("bin")}:${inFolder("shims")}` }, { noInstall: true }),
    );
    expect(error.why).toMatch(/^the moto_server on PATH \(.*; installing is switched off$/);
    expect(error.why).toContain(reason);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["nothing", () => Promise.resolve(), "is no program"],
    ["an old one", () => motoAt("set", "4.2.0"), "is version 4.2.0, older than 5.1.0"],
  ])("is not replaced by another when STUDIO_ACCESS_MOTO names %s", async (_, make, reason) => {
    await make();
    await motoAt("bin");
    const error = await failure(find({ STUDIO_ACCESS_MOTO: inFolder("set", "moto_server") }));
    expect(error.why).toBe(`STUDIO_ACCESS_MOTO (${inFolder("set", "moto_server")}) ${reason}`);
  });
});

describe("moto that is missing", () => {
  it("is an error with the ways to install it, where installing is forbidden", async () => {
    await pythonOnPath();
    const error = await failure(find({}, { noInstall: true }));
    expect(error.why).toBe("there is no moto_server on PATH; installing is switched off");
    expect(error.install.join("\n")).toContain('pip install "moto[server]==5.2.1"');
    expect(error.install.join("\n")).toContain("STUDIO_ACCESS_MOTO");
    expect(announced).toEqual([]);
    expect(await environments()).toEqual([]);
  });

  it("is an error that says so where there is no Python", async () => {
    const error = await failure(find());
    expect(error.why).toBe("there is no moto_server on PATH; no Python 3.10 or later is on PATH");
    expect(error.message).toContain("Python 3.10 or later");
    expect(announced).toEqual([]);
  });

  it("is installed into a virtual environment, and found there the next time", async () => {
    await pythonOnPath();
    const installed = await find();
    expect(installed).toMatchObject({ version: "5.2.1", origin: "install" });
    expect(installed.path).toMatch(/cache\/moto\/5\.2\.1-\w+\/bin\/moto_server$/);
    expect(await find({}, { noInstall: true })).toMatchObject({ path: installed.path, origin: "cache" });
    expect(await readFile(inFolder("cache", "moto", "install.log"), "utf8")).toContain(
      "Looking in private indexes",
    );
  });

  it("is announced before anything is written", async () => {
    await pythonOnPath();
    let begun: boolean | undefined;
    const announce = (text: string): void => {
      announced.push(text);
      begun = existsSync(inFolder("cache"));
    };
    await find({}, { announce });
    expect(begun).toBe(false);
    expect(announced).toEqual([
      `Installing moto[server]==5.2.1 with pip into a virtual environment in ${inFolder("cache", "moto")} (there is no moto_server on PATH)`,
    ]);
  });

  it.each<[PythonKnob, string]>([
    ["VENV_FAILS", "on Debian and Ubuntu, install python3-venv"],
    ["PIP_FAILS", "pip install moto[server]==5.2.1 failed"],
  ])(
    "leaves nothing but a log behind when %s, whose content stays out of the error",
    async (knob, reason) => {
      await pythonOnPath();
      const error = await failure(find({ [knob]: "yes" }));
      expect(error.why).toContain(reason);
      expect(error.why).toContain(inFolder("cache", "moto", "install.log"));
      expect(error.message).not.toContain("private indexes");
      expect(await environments()).toEqual([]);
    },
  );

  it("is installed anew where the one in the cache does not run any more", async () => {
    await pythonOnPath();
    const { path: broken } = await find();
    await rm(join(broken, "..", "python"));
    const again = await find();
    expect(again).toMatchObject({ origin: "install" });
    expect(again.path).not.toBe(broken);
    expect(await find({}, { noInstall: true })).toMatchObject({ path: again.path, origin: "cache" });
  });

  it("is installed twice at once without harm", async () => {
    await pythonOnPath();
    const both = await Promise.all([find(), find()]);
    const next = await find({}, { noInstall: true });
    expect(both.map(({ path }) => path)).toContain(next.path);
  });

  it("leaves no process and no environment behind when it is interrupted", async () => {
    await pythonOnPath();
    const stop = new AbortController();
    const finding = find({ VENV_HANGS: "yes" }, { signal: stop.signal });
    finding.catch(() => undefined);
    await until(async () => (await environments())[0]);
    stop.abort(new Error("interrupted"));
    await expect(finding).rejects.toThrow("interrupted");
    expect(await environments()).toEqual([]);
  });
});
