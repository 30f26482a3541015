import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const COMMANDS = JSON.parse(readFileSync(join(__dirname, "commands.json"), "utf8")) as Readonly<
  Record<string, { readonly module: string }>
>;
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

interface Command {
  configureOutput(output: { readonly writeOut: (text: string) => void }): void;
  outputHelp(): void;
}

describe.each(Object.entries(COMMANDS))("./studio %s", (name, { module }) => {
  it("explains itself in the style of all commands", async () => {
    const { command } = (await import(join(ROOT, module))) as { readonly command: Command };
    let text = "";
    command.configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    expect(text).toMatch(new RegExp(`^Usage: \\./studio ${name} `));
    expect(text).toMatch(new RegExp(`Examples:\n {2}.*\\./studio ${name} `));
    expect(text).toContain("Exit codes: 0 ");
    expect(text).toContain("--no-install");
  });

  it("is an npm script of the same name", () => {
    expect(scripts[name]).toBe(`node studio ${name}`);
  });
});
