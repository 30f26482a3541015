import { Command } from "commander";
import { checkFolder } from "./folder";

/**
 * Refuses synthesized stacks that would run code at plan time. Needs no credentials, no network and no Terraform: it
 * runs before any of them is set up.
 */
async function main(): Promise<number> {
  const command = new Command("allow-list")
    .description(
      "Checks what synthesized stacks would run at plan time. Exit 0: nothing that is not allowed; 1: reasons follow; 2: it could not be checked.",
    )
    .argument("[folder]", "what cdktf synth has written", "cdktf.out")
    .parse();
  const [folder = "cdktf.out"] = command.processedArgs as [string?];
  const { stacks, refusals } = await checkFolder(folder);
  for (const { stack, place, reason } of refusals) process.stdout.write(`${stack}: ${place}: ${reason}\n`);
  const counted = `${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}`;
  process.stdout.write(
    refusals.length === 0
      ? `${counted} may be planned: no code of theirs runs but what is allowed.\n`
      : `${refusals.length} reasons not to plan ${counted}.\n`,
  );
  return refusals.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
