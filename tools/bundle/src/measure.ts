import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bundleAll } from "./bundle-all";

const RUNS = 11;

/** Enough for the functions to start; nothing listens on the port. */
const ENVIRONMENT = {
  ISSUER: "https://issuer.example",
  JWKS_URI: "http://127.0.0.1:9/keys",
  CLIENT_ID: "client",
  ACCESS_TOKEN_PROFILE: "cognito",
  USER_NAME_CLAIM: "username",
  AWS_REGION: "eu-west-1",
  USERS_TABLE: "users",
  LOBS_TABLE: "lobs",
  URL_EXPIRES_SECONDS: "20",
  SESSION_EXPIRES_SECONDS: "14400",
  PORTAL_SETTINGS: JSON.stringify({
    issuer: "https://issuer.example",
    clientId: "client",
    scopes: ["openid"],
    authorizationParameters: {},
    userNameClaim: "username",
    region: "eu-west-1",
    signIn: "at_once",
  }),
};

/** Milliseconds that a new process needs to import a module, including its top-level code. */
async function importTime(path: string): Promise<number> {
  const url = JSON.stringify(pathToFileURL(path).href);
  const script = `const t=performance.now();import(${url}).then(()=>process.stderr.write(String(performance.now()-t)))`;
  const options = { env: { PATH: process.env["PATH"], NODE_NO_WARNINGS: "1", ...ENVIRONMENT } };
  return Number((await promisify(execFile)(process.execPath, ["-e", script], options)).stderr);
}

/** `npm run -w tools/bundle measure`: size and import time of each function. */
async function main(): Promise<void> {
  for (const { name, codePath, codeBytes } of await bundleAll()) {
    const times: number[] = [];
    // One after another, since parallel runs would slow each other down.
    for (let run = 0; run < RUNS; run++) times.push(await importTime(codePath));
    times.sort((a, b) => a - b);
    const [best = NaN, median = NaN] = [times[0], times[(RUNS - 1) / 2]];
    process.stdout.write(
      `${name}: ${(codeBytes / 1000).toFixed(1)} kB, import ${median.toFixed(0)} ms median, ${best.toFixed(0)} ms best of ${RUNS}\n`,
    );
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
