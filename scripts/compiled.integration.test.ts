import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const COMPILED = pathToFileURL(join(__dirname, "compiled.mjs")).href;

let folder: string;
let name: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compiled-"));
  name = `test-${process.pid}`;
  program("one");
  writeFileSync(join(folder, "main.ts"), 'import { word } from "./word";\nconsole.log(word, __dirname);\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const ending of ["cjs", "cjs.map", "json"])
    rmSync(join(__dirname, "../dist", `${name}.${ending}`), { force: true });
});

function program(word: string): void {
  writeFileSync(join(folder, "word.ts"), `export const word: string = "${word}";\n`);
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" }).trim();
}

function compile(): string {
  const source = `import ${JSON.stringify(join(folder, "main"))};`;
  const call = `compiled("${name}", ${JSON.stringify(source)})`;
  return node(
    "--input-type=module",
    "--eval",
    `const { compiled } = await import("${COMPILED}"); console.log(await ${call});`,
  );
}

describe("a compiled program", () => {
  it("runs as its sources do, and knows their folder", () => {
    expect(node(compile())).toBe(`one ${folder}`);
  });

  it("is compiled again when a source has changed, and only then", () => {
    const { mtimeMs } = statSync(compile());
    expect(statSync(compile()).mtimeMs).toBe(mtimeMs);
    program("another");
    expect(node(compile())).toBe(`another ${folder}`);
  });

  it("is compiled again when it is gone", () => {
    rmSync(compile());
    expect(node(compile())).toBe(`one ${folder}`);
  });

  it("is not taken for up to date when a source is gone", () => {
    compile();
    rmSync(join(folder, "word.ts"));
    expect(compile).toThrow("Could not resolve");
  });
});
