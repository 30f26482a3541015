import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { compiled } from "./compiled.mjs";
import { ensurePackages, run } from "./setup.mjs";

/** Every command: what it does, and the module whose `command` does it, which needs the npm packages. */
const COMMANDS = JSON.parse(readFileSync(new URL("commands.json", import.meta.url), "utf8"));

/** Commands that run the local AWS, which needs Python. */
const WITH_PYTHON = new Set(["start"]);

/** Commands that ask for a password. */
const ASKS_SECRETS = new Set(["open", "token"]);

/** What is typed before the prompt is there is not shown, and answers it. */
function silenceTerminal() {
  if (!process.stdin.isTTY) return;
  const stty = (mode) => spawnSync("stty", [mode], { stdio: "inherit" });
  stty("-echo");
  process.on("exit", () => stty("echo"));
}

function help() {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`);
  return [
    "Usage: ./studio COMMAND [options]",
    "",
    "Commands:",
    ...lines,
    "",
    "./studio COMMAND --help tells more of one. Exit codes: 0 success, 1 a failure, others where the help says so.",
  ].join("\n");
}

async function main([name, ...args]) {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(help());
    return name === undefined ? 1 : 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`There is no command ${name}.\n\n${help()}`);
    return 1;
  }
  const { module } = COMMANDS[name];
  if (ASKS_SECRETS.has(name)) silenceTerminal();
  await ensurePackages({ mayInstall: !args.includes("--no-install"), python: WITH_PYTHON.has(name) });
  // Node 20 is supported here, so the AWS SDK's warning that it will drop Node 20 does not help anybody.
  const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...process.env };
  const program = await compiled(
    name,
    `import { runCommand } from "./tools/terraform-cli/src/console/main";
     import { command } from "./${module}";
     runCommand(command);`,
  );
  // Paths that are typed stand in the caller's folder, which need not be the checkout's.
  return run(process.execPath, [program, ...args], { cwd: process.cwd(), env });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
