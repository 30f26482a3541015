import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleAll, ROOT } from "./bundle-all";
import { type BundledFunction, bundleFunction } from "./bundle-function";
import { FUNCTIONS } from "./functions";
import { copyCheckout } from "./testing/checkout";
import { invoke } from "./testing/invocation";

jest.setTimeout(60_000);

let folder: string;
let bundled: BundledFunction[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bundle-"));
  bundled = await bundleAll({ outDir: join(folder, "first") });
});

afterAll(() => rm(folder, { recursive: true }));

function bundleOf(name: string): BundledFunction {
  return bundled.find((one) => one.name === name)!;
}

const read = (one: BundledFunction): Promise<Buffer[]> =>
  Promise.all([one.zipPath, one.codePath, `${one.codePath}.map`].map((path) => readFile(path)));

describe("bundleAll", () => {
  it("makes a zip, the code and its source map for each function", async () => {
    expect(bundled.map(({ name }) => name)).toEqual(["lambda-authorizer", "lambda-presign", "lambda-portal"]);
    for (const { name } of bundled) {
      expect(await readdir(join(folder, "first", name))).toEqual([
        "function.zip",
        "index.mjs",
        "index.mjs.map",
      ]);
    }
  });

  it("keeps the bundles within their limits", () => {
    expect(bundleOf("lambda-authorizer").codeBytes).toBeLessThanOrEqual(180_000);
    expect(bundleOf("lambda-presign").codeBytes).toBeLessThanOrEqual(360_000);
    expect(bundleOf("lambda-portal").codeBytes).toBeLessThanOrEqual(60_000);
  });

  it("makes the same bytes from another clone, whatever its path", async () => {
    const clone = join(folder, "another clone", "deeper");
    await copyCheckout(ROOT, [...new Set(bundled.flatMap(({ inputs }) => inputs))], clone);
    const again = await bundleAll({ root: clone, outDir: join(folder, "second") });
    expect(again.map(({ changed }) => changed)).toEqual([true, true, true]);
    for (const [index, one] of again.entries()) {
      // Compared as a boolean, since jest would print a megabyte of differences.
      const [mine, theirs] = await Promise.all([read(bundled[index]!), read(one)]);
      expect(theirs.map((file, place) => file.equals(mine[place]!))).toEqual([true, true, true]);
    }
  });

  it("names no path of this machine", async () => {
    for (const one of bundled) {
      const text = Buffer.concat(await read(one)).toString("latin1");
      expect(text.includes(ROOT)).toBe(false);
      expect(text.includes(folder)).toBe(false);
    }
  });

  it("writes nothing when nothing has changed", async () => {
    const before = await Promise.all(bundled.map(({ zipPath }) => stat(zipPath)));
    const again = await bundleAll({ outDir: join(folder, "first") });
    const after = await Promise.all(again.map(({ zipPath }) => stat(zipPath)));
    expect(again.map(({ changed }) => changed)).toEqual([false, false, false]);
    expect(after.map(({ ino }) => ino)).toEqual(before.map(({ ino }) => ino));
  });

  it("puts only the code into the zip", async () => {
    for (const { zipBytes, codeBytes, zipPath } of bundled) {
      expect((await readFile(zipPath)).toString("latin1")).not.toContain("sourceMappingURL");
      expect(zipBytes - codeBytes).toBeLessThan(200);
    }
  });

  it("leaves out the credential providers that the function does not use", () => {
    const { inputs } = bundleOf("lambda-presign");
    expect(inputs.filter((input) => /credential-provider-(sso|ini|process|imds|login)/.test(input))).toEqual(
      [],
    );
    expect(inputs.some((input) => input.includes("credential-provider-env"))).toBe(true);
  });
});

describe("bundleFunction", () => {
  const presign = FUNCTIONS.find(({ name }) => name === "lambda-presign")!;

  it("refuses a bundle over its limit", async () => {
    const options = { ...presign, root: ROOT, outDir: join(folder, "large"), limitBytes: 1000 };
    await expect(bundleFunction(options)).rejects.toThrow(/^lambda-presign: \d+ bytes, more than its 1000$/);
    await expect(readdir(join(folder, "large"))).rejects.toThrow("ENOENT");
  });

  it("refuses a definition with a wrong callsRequire", async () => {
    const options = { ...presign, root: ROOT, outDir: join(folder, "require"), callsRequire: true };
    await expect(bundleFunction(options)).rejects.toThrow("callsRequire must be false");
  });
});

async function listen(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("the bundled authorizer, run by plain Node", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const env = {
    ISSUER: "https://issuer.example/pool",
    CLIENT_ID: "client-1",
    ACCESS_TOKEN_PROFILE: "cognito",
    USER_NAME_CLAIM: "username",
  };

  function token(): string {
    const exp = Math.floor(Date.now() / 1000) + 300;
    const claims = {
      iss: env.ISSUER,
      client_id: "client-1",
      token_use: "access",
      sub: "s",
      username: "alice",
      exp,
    };
    const parts = [{ alg: "RS256", kid: "k" }, claims].map((part) => JSON.stringify(part));
    const text = parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
    return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  }

  const eventWith = (credential: string): object => ({
    methodArn: "arn:aws:execute-api:eu-west-1:111111111111:abc123def4/live/GET/alice",
    headers: { Authorization: credential },
    requestContext: { requestId: "request-1" },
  });

  it("allows a valid token and refuses an invalid one", async () => {
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" };
    const { server, url } = await listen((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    const { codePath } = bundleOf("lambda-authorizer");
    const settings = { ...env, JWKS_URI: url };
    const [good, bad] = await Promise.all([
      invoke(codePath, eventWith(`Bearer ${token()}`), settings),
      invoke(codePath, eventWith(`Bearer ${token().slice(0, -4)}AAAA`), settings),
    ]);
    server.close();
    expect(good).toMatchObject({ answer: { principalId: "s" }, lines: [{ decision: "allow" }] });
    expect(bad).toMatchObject({ error: "Unauthorized", lines: [{ code: "signature_invalid" }] });
  });

  it("starts when the issuer cannot be reached, and then refuses requests and logs an error", async () => {
    const settings = { ...env, JWKS_URI: "http://127.0.0.1:9/keys" };
    const event = eventWith(`Bearer ${token()}`);
    expect(await invoke(bundleOf("lambda-authorizer").codePath, event, settings)).toMatchObject({
      error: "the issuer's keys cannot be read: connection",
      lines: [
        { code: "jwks_reading_failed" },
        { code: "jwks_reading_failed" },
        { code: "jwks_unavailable", decision: "error", requestId: "request-1" },
      ],
    });
  });
});

describe("the bundled portal function, run by plain Node", () => {
  const settings = {
    issuer: "https://issuer.example",
    clientId: "studio",
    scopes: ["openid"],
    authorizationParameters: {},
    userNameClaim: "username",
    region: "eu-west-1",
    signIn: "at_once",
  };

  it("answers the page, 60 kB at most, with the scripts and styles that its policy allows", async () => {
    const { codePath, inputs } = bundleOf("lambda-portal");
    const event = { httpMethod: "GET", resource: "/" };
    const result = await invoke(codePath, event, { PORTAL_SETTINGS: JSON.stringify(settings) });
    const { statusCode, headers, body } = result.answer as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    expect([statusCode, body.length <= 60_000, result.lines]).toEqual([200, true, []]);
    const elements = [...body.matchAll(/<(?:script|style)>(.*?)<\/(?:script|style)>/gs)].map(
      ([, text = ""]) => text,
    );
    const hashes = elements.map((text) => `sha256-${createHash("sha256").update(text).digest("base64")}`);
    expect(headers["Content-Security-Policy"]?.match(/sha256-[^']+/g)?.sort()).toEqual(hashes.sort());
    expect(hashes).toHaveLength(2);
    expect(inputs).toContain("packages/lambda-portal/browser/texts.ts");
  });

  it("does not start with settings that are wrong, and lists all their problems", async () => {
    const PORTAL_SETTINGS = JSON.stringify({ ...settings, clientId: "", signIn: "later" });
    await expect(invoke(bundleOf("lambda-portal").codePath, {}, { PORTAL_SETTINGS })).rejects.toThrow(
      /clientId is missing; signIn must be one of at_once, button/,
    );
  });
});

describe("the bundled presign function, run by plain Node", () => {
  const env = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "own-key",
    AWS_SECRET_ACCESS_KEY: "own-secret",
    USERS_TABLE: "users",
    LOBS_TABLE: "lobs",
    URL_EXPIRES_SECONDS: "20",
    SESSION_EXPIRES_SECONDS: "14400",
  };
  const event = {
    headers: { Accept: "application/json" },
    pathParameters: { user_id: "alice" },
    requestContext: { requestId: "request-1", authorizer: { userName: "alice" } },
  };
  const studioUrl = "https://d-abc.studio.eu-west-1.sagemaker.aws/auth?token=t";

  const row = {
    PK: "lob-a",
    LOB: "lob-a",
    ACCOUNT_ID: "222222222222",
    DOMAIN_ID: "d-abc",
    ROLE_ARN: "arn:aws:iam::222222222222:role/presign",
  };
  const item = { Item: Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }])) };
  const role = ["AccessKeyId", "SecretAccessKey", "SessionToken"]
    .map((name) => `<${name}>x</${name}>`)
    .join("");

  const answerAsAws: RequestListener = (request, response) => {
    const target = request.headers["x-amz-target"];
    if (target === "DynamoDB_20120810.GetItem") response.end(JSON.stringify(item));
    else if (target === "SageMaker.CreatePresignedDomainUrl")
      response.end(JSON.stringify({ AuthorizedUrl: studioUrl }));
    else
      response.end(
        `<AssumeRoleResponse><AssumeRoleResult><Credentials>${role}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
  };

  it("opens Studio", async () => {
    const { server, url } = await listen(answerAsAws);
    const result = await invoke(bundleOf("lambda-presign").codePath, event, {
      ...env,
      AWS_ENDPOINT_URL: url,
    });
    server.close();
    const { statusCode, body } = result.answer as { statusCode: number; body: string };
    expect([statusCode, (JSON.parse(body) as { url: string }).url]).toEqual([200, studioUrl]);
    expect(result.lines).toMatchObject([{ outcome: "answered" }]);
  });

  it("makes a profile at a first sign-in by group, with SDK commands that are bundled whole", async () => {
    const asked: unknown[] = [];
    const maker = "arn:aws:iam::222222222222:role/profile-maker";
    const answers: Readonly<Record<string, readonly [number, object]>> = {
      BatchGetItem: [200, { Responses: { groups: [{ PK: { S: "studio-a" }, LOB: { S: "lob-a" } }] } }],
      GetItem: [200, { Item: { ...item.Item, PROFILE_MAKER_ROLE_ARN: { S: maker } } }],
      CreatePresignedDomainUrl: [400, { __type: "ResourceNotFound" }],
      CreateUserProfile: [400, { __type: "ResourceInUse" }],
      DescribeUserProfile: [200, { Status: "Pending" }],
    };
    const { server, url } = await listen((request, response) => {
      const name = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const found = answers[name];
      asked.push(found === undefined ? "AssumeRole" : name);
      if (found === undefined) answerAsAws(request, response);
      else response.writeHead(found[0]).end(JSON.stringify(found[1]));
    });
    const authorizer = { userName: "alice", groups: '["studio-a"]' };
    const result = await invoke(
      bundleOf("lambda-presign").codePath,
      { ...event, requestContext: { requestId: "request-1", authorizer } },
      { ...env, GROUPS_TABLE: "groups", AWS_ENDPOINT_URL: url },
    );
    server.close();
    expect(result.answer).toMatchObject({ statusCode: 202, headers: { "Retry-After": "3" } });
    expect(result.lines).toMatchObject([{ outcome: "pending", reason: "profile_pending" }]);
    expect(asked).toEqual([
      "BatchGetItem",
      "GetItem",
      "AssumeRole",
      "CreatePresignedDomainUrl",
      "AssumeRole",
      "CreateUserProfile",
      "DescribeUserProfile",
    ]);
  });

  it("is unavailable, after three attempts, when connections break", async () => {
    let connections = 0;
    const { server, url } = await listen((request) => {
      connections++;
      request.socket.destroy();
    });
    const result = await invoke(bundleOf("lambda-presign").codePath, event, {
      ...env,
      AWS_ENDPOINT_URL: url,
    });
    server.close();
    expect(result).toMatchObject({
      answer: { statusCode: 503 },
      lines: [{ reason: "dynamodb_unavailable" }],
    });
    expect(connections).toBe(3);
  });

  it("is unavailable when connections are refused", async () => {
    const settings = { ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    expect(await invoke(bundleOf("lambda-presign").codePath, event, settings)).toMatchObject({
      answer: { statusCode: 503 },
      lines: [{ code: "upstream_unavailable", reason: "dynamodb_unavailable" }],
    });
  });

  it("does not start with an invalid environment, and lists all its problems", async () => {
    await expect(invoke(bundleOf("lambda-presign").codePath, event, {})).rejects.toThrow(
      /AWS_REGION is missing; USERS_TABLE is missing; LOBS_TABLE is missing/,
    );
  });
});
