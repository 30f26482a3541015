import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Checks the pages against the repository: folders, commands, alarms, constructs and tests have to exist. */

const ROOT = resolve(__dirname, "..");
const SKIPPED = ["node_modules", "dist", "coverage", "cdktf.out"];

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Paths of all Markdown pages of this repository, relative to the root. */
function pagesIn(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const skipped = entry.name.startsWith(".") || SKIPPED.includes(entry.name);
      return skipped ? [] : pagesIn(path);
    }
    return entry.name.endsWith(".md") ? [relative(ROOT, path)] : [];
  });
}

function foldersIn(path: string): string[] {
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function matches(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map((match) => match.slice(1));
}

function firsts(text: string, pattern: RegExp): string[] {
  return matches(text, pattern).map(([first = ""]) => first);
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** Rows of every table, as trimmed cells. */
function rowsOf(text: string): string[][] {
  return firsts(withoutFences(text), /^\|(.*)\|$/gm)
    .map((row) => row.split("|").map((cell) => cell.trim()))
    .filter(([first = ""]) => !/^:?-+:?$/.test(first));
}

/** The text of a section, without its heading. */
function section(text: string, title: string): string {
  const [, rest = ""] = text.split(`\n## ${title}\n`);
  expect({ title, found: rest !== "" }).toEqual({ title, found: true });
  return rest.split("\n## ")[0]!;
}

/** Anchors of a page's headings, in the form that GitHub generates. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return firsts(withoutFences(text), /^#{1,6} +(.+)$/gm).map((heading) => {
    const slug = heading
      .replace(/\]\([^)]*\)/g, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .trim()
      .replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** Targets of inline links and of reference links. */
function linksOf(text: string): string[] {
  const prose = withoutFences(text).replace(/`[^`\n]*`/g, "");
  return [...firsts(prose, /\]\(([^)\s]+)\)/g), ...firsts(prose, /^\[[^\]]+\]: +(\S+)$/gm)];
}

function isBroken(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
}

const pages = pagesIn();
const readme = read("README.md");
const contributing = read("CONTRIBUTING.md");
const architecture = read("docs/architecture.md");
const security = read("docs/security.md");
const runbook = read("docs/runbook.md");

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
}

function scriptsOf(folder: string): string[] {
  return Object.keys((JSON.parse(read(join(folder, "package.json"))) as Manifest).scripts ?? {});
}

describe("the README's table of folders", () => {
  const rooms = rowsOf(readme)
    .map(([room = ""]) => room)
    .join("\n");

  it("names every package", () => {
    const packages = ["packages", "lib", "tools"]
      .flatMap((kind) => foldersIn(kind).map((name) => `${kind}/${name}`))
      .filter((path) => existsSync(join(ROOT, path, "package.json")));
    expect(packages.length).toBeGreaterThan(10);
    expect(packages.filter((path) => !rooms.includes(`\`${path}\``))).toEqual([]);
  });

  it("names every folder of a stack", () => {
    const stacks = foldersIn("stacks").filter((name) =>
      readdirSync(join(ROOT, "stacks", name)).some((file) => file.endsWith("-stack.ts")),
    );
    expect(stacks.length).toBeGreaterThan(2);
    expect(stacks.filter((name) => !rooms.includes(`\`stacks/${name}\``))).toEqual([]);
  });

  it("names only folders that exist", () => {
    const named = firsts(rooms, /`((?:packages|lib|tools|stacks)\/[^`]+)`/g);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("the README", () => {
  it("names every option of npm start", () => {
    const options = firsts(read("tools/local-deployment/src/command.ts"), /\.option\(\s*"(--[\w-]+)/g);
    expect(options.length).toBeGreaterThan(4);
    const named = rowsOf(section(readme, "Two commands")).map(
      ([option = ""]) => /`(--[\w-]+)/.exec(option)?.[1],
    );
    expect(options.filter((option) => !named.includes(option))).toEqual([]);
  });

  it("gives the right number of recorded plans", () => {
    const plans = readdirSync(join(ROOT, "tools/plan-review/fixtures")).filter((name) =>
      name.endsWith(".json.gz"),
    );
    expect(readme).toContain(`${plans.length} recorded plans`);
  });
});

describe("commands", () => {
  it("of package.json are all in the README or in CONTRIBUTING", () => {
    const unnamed = scriptsOf(".").filter(
      (name) =>
        !new RegExp(`(?:\\bnpm (?:run )?|\\./studio )${name}(?![\\w:-])`).test(`${readme}\n${contributing}`),
    );
    expect(unnamed).toEqual([]);
  });

  it.each(pages)("in %s exist", (page) => {
    const text = read(page);
    const known = scriptsOf(".");
    const missing = [
      ...firsts(text, /\bnpm run ([a-z][\w:-]*)/g).filter((name) => !known.includes(name)),
      ...matches(text, /\bnpm run -w (packages\/[\w-]+) ([\w:-]+)/g)
        .filter(([folder = "", name = ""]) => !scriptsOf(folder).includes(name))
        .map((command) => command.join(" ")),
      ...firsts(text, /\bnpx ([a-z][\w-]*)/g).filter(
        (name) => !existsSync(join(ROOT, "node_modules/.bin", name)),
      ),
    ];
    expect(missing).toEqual([]);
  });
});

describe("the operators' commands", () => {
  it("each have a row in the README of their room", () => {
    const folders = foldersIn("tools/operate/src").filter((name) =>
      existsSync(join(ROOT, "tools/operate/src", name, "command.ts")),
    );
    const rows = rowsOf(read("tools/operate/README.md"))
      .map(([room = ""]) => room)
      .join();
    expect(folders.length).toBeGreaterThan(15);
    expect(folders.filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
  });
});

describe("the words after ./studio", () => {
  it.each(pages)("in %s are commands", (page) => {
    const known = ["help", ...Object.keys(JSON.parse(read("scripts/commands.json")) as object)];
    const named = firsts(read(page), /\.\/studio ([a-z][\w-]*)/g);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("pages", () => {
  it.each(pages)("%s link only to existing targets", (page) => {
    expect(linksOf(read(page)).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it.each(pages.filter((page) => page.startsWith("docs/")))("%s name only files that exist", (page) => {
    const named = firsts(
      read(page),
      /`((?:packages|lib|tools|stacks|scripts|config|docs|\.ci|\.github)\/[\w./-]+)`/g,
    );
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("files for GitHub and for editors", () => {
  it("give owners to existing files", () => {
    const owned = firsts(read(".github/CODEOWNERS"), /^(\/\S+) +@/gm);
    expect(owned).toEqual(
      expect.arrayContaining(["/.github/", "/config/plan-review.json", "/stacks/ci-access/"]),
    );
    expect(owned.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("offer every command to the debugger", () => {
    const commands = Object.keys(JSON.parse(read("scripts/commands.json")) as object);
    const launch = JSON.parse(read(".vscode/launch.json")) as {
      inputs: readonly { id: string; options?: readonly string[] }[];
    };
    expect(launch.inputs.find(({ id }) => id === "command")?.options).toEqual(commands.sort());
  });
});

describe("the architecture page", () => {
  /** Logical ids of each stack's resources, such as `Api_RestApi_88175D59`, from the snapshots. */
  const pinned = new Map<string, string[]>();
  for (const file of ["addresses", "on-premise"]) {
    const snapshots = read(`stacks/__snapshots__/${file}.laws.test.ts.snap`);
    for (const [title = "", body = ""] of matches(snapshots, /^exports\[`(.+)`\] = `\n([^`]*)`;/gm)) {
      const stack = file === "on-premise" ? file : /^addresses of (\S+) stay/.exec(title)?.[1];
      if (stack === undefined) continue;
      pinned.set(stack, [...(pinned.get(stack) ?? []), ...firsts(body, /"(?:data\.)?\w+\.([^".]+)"/g)]);
    }
  }

  const named = new Set(
    firsts(architecture, /\b((?:networking|access|lob-[a-z]|on-premise)\/[A-Z][\w-]*(?:\/[A-Z][\w-]*)*)/g),
  );

  it("names only constructs that exist", () => {
    expect(named.size).toBeGreaterThan(20);
    const gone = [...named].filter((path) => {
      const [stack = "", ...ids] = path.split("/");
      return !(pinned.get(stack) ?? []).some((logicalId) => logicalId.startsWith(`${ids.join("_")}_`));
    });
    expect(gone).toEqual([]);
  });

  it("names every construct of every stack", () => {
    const madeIn = (stack: string): string[] =>
      firsts(read(`stacks/${stack}/${stack}-stack.ts`), /new \w+\(this, "(\w+)"/g);
    for (const [folder, stack] of [
      ["networking", "networking"],
      ["access", "access"],
      ["lob", "lob-a"],
      ["on-premise", "on-premise"],
    ] as const) {
      const made = madeIn(folder);
      expect(made.length).toBeGreaterThan(3);
      expect(made.filter((id) => !named.has(`${stack}/${id}`)).map((id) => `${stack}/${id}`)).toEqual([]);
    }
  });

  it.each([
    ["HubOutputs", "stacks/networking/outputs.ts"],
    ["AccessOutputs", "stacks/access/outputs.ts"],
  ])("names every field of %s", (contract, path) => {
    const [, body = ""] = read(path).split(`export interface ${contract} {`);
    const fields = firsts(body.split("\n}")[0]!, /^ {2}readonly (\w+):/gm);
    expect(fields.length).toBeGreaterThan(3);
    const contracts = section(architecture, "Contracts");
    expect(fields.filter((field) => !contracts.includes(`\`${field}\``))).toEqual([]);
  });
});

describe("alarms", () => {
  const file = "stacks/access/alarms.ts";
  const source = read(file);
  const names = firsts(source, /\[\s*"([a-z0-9-]+)",\s*\{/g);

  it("are all created in one file", () => {
    const makers = readdirSync(join(ROOT, "stacks"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.includes("node_modules"))
      .filter((path) => read(join("stacks", path)).includes("new CloudwatchMetricAlarm("));
    expect(makers.map((path) => `stacks/${path}`)).toEqual([file]);
    expect(names).toHaveLength(firsts(source, /\b(description): "/g).length);
    expect(names.length).toBeGreaterThan(3);
  });

  it("name their article in their description", () => {
    const description = /alarmDescription: `([^`]+)`/.exec(source)?.[1];
    expect(description).toMatch(/^\$\{description\} .*docs\/runbook\.md#\$\{name\}$/);
  });

  it("have an article each, and a line in the table of alarms", () => {
    const anchors = anchorsOf(runbook);
    expect(names.filter((name) => !anchors.includes(name))).toEqual([]);
    expect(rowsOf(runbook).flatMap(([, , article = ""]) => firsts(article, /^\[.*\]\(#(.*)\)$/g))).toEqual(
      expect.arrayContaining(names),
    );
  });

  it.each(names)("have an article of %s with what users notice, where to look and what to do", (name) => {
    const article = section(runbook, name);
    expect(article).toContain("**For users:**");
    expect(article).toContain("**First look:**");
    expect(article).toMatch(/\| cause \| fix \|\n|\| go on \|\n/);
  });
});

describe("reasons that the functions log", () => {
  const authorizer = read("packages/lambda-authorizer/src/denial.ts").split("export type")[0]!;
  const presign = read("packages/lambda-presign/src/refusal.ts");
  const unionOf = (text: string): string[] => firsts(text, /"(\w+)"/g);
  const services = unionOf(/type Service = (.*);/.exec(presign)?.[1] ?? "");
  const kinds = unionOf(/\{Service\}_\$\{([^}]*)\}/.exec(presign)?.[1] ?? "");
  const own = firsts(presign.split("export class")[0]!, /^ {2}\| "(\w+)"/gm);
  const reasons = [...own, ...services.flatMap((service) => kinds.map((kind) => `${service}_${kind}`))];

  it.each(unionOf(authorizer))("are in the article that `./studio why` names for a refusal: %s", (code) => {
    expect(section(runbook, "A user cannot get in")).toContain(`\`${code}\``);
  });

  it.each(reasons)(
    "are in one of the articles that `./studio why` names for the presign function: %s",
    (reason) => {
      const articles = ["A user cannot get in", "presign-failures"].map((title) => section(runbook, title));
      expect(articles.join("\n")).toContain(`\`${reason}\``);
    },
  );

  it("are read whole", () => {
    expect([unionOf(authorizer).length, services.length, kinds.length]).toEqual([19, 4, 5]);
    expect(own).toHaveLength(21);
  });
});

/** Tests that a page quotes as `[file] "title"`, and quoted files that do not exist. */
function testsQuotedIn(page: string): { readonly quotes: string[][]; readonly gone: string[][] } {
  const text = read(page);
  const files = new Map(
    matches(text, /^\[([\w-]+)\]: +(\S+)$/gm).map(([name = "", path = ""]) => [name, join("docs", path)]),
  );
  const quotes = quotesIn(text);
  const gone = quotes.filter(([name = "", title = ""]) => {
    const file = files.get(name);
    // The quote is a test title, the first cell of a row of a table test, or the name of a check.
    const literal = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return file === undefined || !new RegExp(`(?:[([]|\\bname:)\\s*"${literal}"`).test(read(file));
  });
  return { quotes, gone };
}

function quotesIn(text: string): string[][] {
  return matches(text, /\[([\w-]+)\] "([^"]+)"/g);
}

describe("the security page", () => {
  const decisions = rowsOf(section(security, "Decisions that hold")).slice(1);

  it("quotes only tests that exist", () => {
    const { quotes, gone } = testsQuotedIn("docs/security.md");
    expect(quotes.length).toBeGreaterThan(50);
    expect(gone).toEqual([]);
  });

  it("names a test for every decision", () => {
    expect(decisions.length).toBeGreaterThan(15);
    expect(decisions.filter(([, , held = ""]) => quotesIn(held).length === 0)).toEqual([]);
  });
});

describe("the page of the sample's weaknesses", () => {
  const page = "docs/sample-weaknesses.md";
  const weaknesses = rowsOf(read(page)).slice(1);

  it("quotes only tests that exist", () => {
    const { quotes, gone } = testsQuotedIn(page);
    expect(quotes.length).toBeGreaterThan(40);
    expect(gone).toEqual([]);
  });

  it("answers all 61 weaknesses of the sample, in order", () => {
    expect(weaknesses.map(([number]) => Number(number))).toEqual(Array.from({ length: 61 }, (_, i) => i + 1));
  });

  it("names the test for every fixed weakness, or says that there is none", () => {
    const silent = weaknesses.filter(
      ([, , state, , held = ""]) =>
        state === "fixed" && quotesIn(held).length === 0 && !held.includes("no test"),
    );
    expect(silent).toEqual([]);
  });

  it("says what remains of every other weakness", () => {
    const silent = weaknesses.filter(
      ([, , state, , held = ""]) => state === "partly" && !held.includes("Left:"),
    );
    expect(silent).toEqual([]);
  });

  it("gives the right number of weaknesses", () => {
    const count = (state: string): number => weaknesses.filter((row) => row[2] === state).length;
    const [fixed, partly, open] = [count("fixed"), count("partly"), count("open")];
    expect(fixed + partly + open).toBe(61);
    expect(read(page)).toContain(`61 weaknesses: ${fixed} fixed, ${partly} partly, ${open} open.`);
  });
});

describe("the index of the decisions", () => {
  const index = rowsOf(read("docs/decisions/README.md")).slice(1);
  const records = readdirSync(join(ROOT, "docs/decisions")).filter((name) => /^\d{4}-/.test(name));

  it("lists every record, in order, with its title and its status", () => {
    const expected = records
      .filter((name) => name !== "0000-template.md")
      .map((name) => {
        const text = read(join("docs/decisions", name));
        const [, number = "", title = ""] = /^# (\d{4}): (.+)$/m.exec(text) ?? [];
        const [, status = ""] = /^- Status: (.+)$/m.exec(text) ?? [];
        return [`[${number}](${name})`, title, status];
      });
    expect(index.map((row) => row.slice(0, 3))).toEqual(expected);
  });

  it("describes each record in one line", () => {
    expect(index.filter(([, , , line = ""]) => line === "")).toEqual([]);
  });
});
