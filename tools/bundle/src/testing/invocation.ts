import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** The handler's result or error, and the lines that it logged. */
export interface Invocation {
  readonly answer?: unknown;
  readonly error?: string;
  readonly lines: readonly unknown[];
}

/** Invokes a bundled handler as Lambda does: in a separate process with only Node. */
export async function invoke(
  codePath: string,
  event: object,
  env: Readonly<Record<string, string>>,
): Promise<Invocation> {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(codePath).href)});
    const context = { awsRequestId: "lambda-1", getRemainingTimeInMillis: () => 15000 };
    const result = await handler(${JSON.stringify(event)}, context).then(
      (answer) => ({ answer }),
      (error) => ({ error: error.message }),
    );
    process.stdout.write(JSON.stringify(result) + "\\n", () => process.exit());
  `;
  const args = ["--input-type=module", "-e", script];
  // Without PATH, HOME and node_modules, which Lambda does not provide either.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: "/", env: { ...env } });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  return { ...(lines.pop() as object), lines };
}
