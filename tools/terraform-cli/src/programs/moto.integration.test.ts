import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
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

/** Writes a moto_server, and a Python beside it that prints this version of moto. */
async function motoAt(place: string, version = "5.1.4"): Promise<string> {
  await writeProgram(inFolder(place, "python3"), pythonScript({ python: "3.11.7", moto: version }));
  return writeProgram(inFolder(place, "moto_server"), "exit 0");
}

function pythonOnPath(): Promise<string> {
  return writeProgram(inFolder("bin", "python3"), pythonScript({ python: "3.12.1", moto: "5.2.1" }));
}

async function environments(): Promise<string[]> {
  return (await readdir(inFolder("cache", "moto")).catch(() => []))
    .filter((name) => name !== "install.log")
    .sort();
}

describe("moto on this machine", () => {
  it("is taken from STUDIO_ACCESS_MOTO before PATH", async () => {
    const set = await motoAt("set", "5.2.0");
    await motoAt("bin");
    expect(await find({ STUDIO_ACCESS_MOTO: set })).toEqual({
      path: set,
      version: "unknown",
      origin: "setting",
      passedOver: [],
    });
  });

  it("is taken from PATH from version 5.1 on", async () => {
    const path = await motoAt("bin", "5.1.0");
    expect(await find({}, { noInstall: true })).toMatchObject({ path, version: "5.1.0", origin: "path" });
    expect(announced).toEqual([]);
  });

  it("is not asked for its version when STUDIO_ACCESS_MOTO names a wrapper", async () => {
    const wrapper = await writeProgram(inFolder("wrapper"), "exec docker run moto");
    expect(await find({ STUDIO_ACCESS_MOTO: wrapper })).toMatchObject({ path: wrapper, version: "unknown" });
  });

  it("has its version read by a python3 that depends on the checkout, as a version manager's does", async () => {
    const path = await writeProgram(inFolder("shims", "moto_server"), "exit 0");
    await writeProgram(inFolder("shims", "python3"), `[ "$(pwd)" = "${folder()}" ] && echo 5.1.4`);
    expect(await find({ PATH: inFolder("shims") })).toMatchObject({ path, version: "5.1.4", origin: "path" });
  });

  it("has its version read by the Python beside a link's target, as with pipx", async () => {
    const target = await motoAt("pipx/venvs/moto/bin");
    await mkdir(inFolder("bin"));
    await symlink(target, inFolder("bin", "moto_server"));
    expect(await find()).toMatchObject({ path: inFolder("bin", "moto_server"), version: "5.1.4" });
  });

  it("has its version read by the python3 on PATH when there is none beside it", async () => {
    await pythonOnPath();
    const path = await writeProgram(inFolder("local", "moto_server"), "exit 0");
    const PATH = `${inFolder("local")}:${inFolder("bin")}`;
    expect(await find({ PATH })).toMatchObject({ path, version: "5.2.1", origin: "path" });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["is older than 5.1", () => motoAt("bin", "5.0.28"), "is version 5.0.28, older than 5.1.0"],
    [
      "lacks its server extra",
      async () => {
        await motoAt("bin");
        await writeProgram(inFolder("bin", "python3"), "exit 1");
      },
      "has no Python that loads moto with its server extra",
    ],
    [
      "has no Python beside it or on PATH",
      () => writeProgram(inFolder("bin", "moto_server"), "exit 0"),
      "has no Python that loads moto",
    ],
  ])("is passed over when the one on PATH %s", async (_, make, reason) => {
    await make();
    const error = await failure(find({}, { noInstall: true }));
    expect(error.why).toMatch(/^the moto_server on PATH \(.*; installing is switched off$/);
    expect(error.why).toContain(reason);
  });

  it("is not replaced by another when the program of STUDIO_ACCESS_MOTO does not exist", async () => {
    await motoAt("bin");
    const error = await failure(find({ STUDIO_ACCESS_MOTO: inFolder("set", "moto_server") }));
    expect(error.why).toBe(`STUDIO_ACCESS_MOTO (${inFolder("set", "moto_server")}) is no program`);
  });
});

describe("a missing moto", () => {
  it("is an error with the ways to install it when installing is forbidden", async () => {
    await pythonOnPath();
    const error = await failure(find({}, { noInstall: true }));
    expect(error.why).toBe("there is no moto_server on PATH; installing is switched off");
    expect(error.install.join("\n")).toContain('pip install "moto[server]==5.2.1"');
    expect(error.install.join("\n")).toContain("STUDIO_ACCESS_MOTO");
    expect(announced).toEqual([]);
    expect(await environments()).toEqual([]);
  });

  it("is an error that says so when there is no Python", async () => {
    const error = await failure(find());
    expect(error.why).toBe("there is no moto_server on PATH; there is no python3 on PATH");
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
    "leaves only a log behind when %s, and the log's content stays out of the error",
    async (knob, reason) => {
      await pythonOnPath();
      const error = await failure(find({ [knob]: "yes" }));
      expect(error.why).toContain(reason);
      expect(error.why).toContain(inFolder("cache", "moto", "install.log"));
      expect(error.message).not.toContain("private indexes");
      expect(await environments()).toEqual([]);
    },
  );

  it("is installed again when the one in the cache no longer runs", async () => {
    await pythonOnPath();
    const { path: broken } = await find();
    await rm(join(broken, "..", "python3"));
    const again = await find();
    expect(again).toMatchObject({ origin: "install" });
    expect(again.path).not.toBe(broken);
    expect(await find({}, { noInstall: true })).toMatchObject({ path: again.path, origin: "cache" });
  });

  it("can be installed twice at the same time", async () => {
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
