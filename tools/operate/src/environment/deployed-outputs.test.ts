import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startHttpServer, type HttpServer, type Reply } from "../open/testing/http-server";
import { deployedOutputs } from "./deployed-outputs";

const EXAMPLE = join(__dirname, "../../../../config/local.json");
const STATE = JSON.stringify({
  version: 4,
  outputs: {
    api_url: { value: "https://api", type: "string" },
    "cross-stack-output-aws_vpcVpcid": { value: "vpc-1", type: "string", sensitive: true },
  },
  resources: [],
});
const PUBLISHED = { api_url: { value: "https://api", sensitive: false } };

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "outputs-"));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function outputsWith(state: object): Promise<unknown> {
  const configFile = join(root, "config.json");
  const example = JSON.parse(await readFile(EXAMPLE, "utf8")) as object;
  await writeFile(configFile, JSON.stringify({ ...example, state }));
  return deployedOutputs("access", { root, configFile });
}

describe("the outputs of a stack whose state is a file", () => {
  const state = { backend: "local", directory: "kept/here" };

  it("are the published ones in the checkout's state file", async () => {
    await mkdir(join(root, "kept/here"), { recursive: true });
    await writeFile(join(root, "kept/here/access.tfstate"), STATE);
    await expect(outputsWith(state)).resolves.toEqual(PUBLISHED);
  });

  it("are empty when the stack was never deployed", async () => {
    await expect(outputsWith(state)).resolves.toEqual({});
  });

  it("are not read when the config breaks a rule", async () => {
    await expect(outputsWith({ backend: "local", directory: "../elsewhere" })).rejects.toThrow(
      /state\.directory/,
    );
  });
});

describe("the outputs of a stack whose state is in a bucket", () => {
  const state = { backend: "s3", bucket: "our-state", region: "eu-west-1" };
  const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
  const before = { ...process.env };
  let server: HttpServer;
  let reply: Reply;

  beforeEach(async () => {
    server = await startHttpServer(() => reply);
    Object.assign(process.env, { ...credentials, AWS_ENDPOINT_URL: server.url });
  });

  afterEach(() => {
    server.close();
    process.env = { ...before };
  });

  function refusal(status: number, code: string): Reply {
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>so it is</Message></Error>`;
    return { status, headers: { "content-type": "application/xml" }, body };
  }

  it("are the published ones in the object that Terraform's backend writes", async () => {
    reply = { status: 200, body: STATE };
    await expect(outputsWith(state)).resolves.toEqual(PUBLISHED);
    const [{ method, path } = { method: "", path: "" }] = server.asked;
    expect(`${method} ${path}`).toMatch(/^GET \/our-state\/studio-access\/local\/access\.tfstate/);
  });

  it("are empty when the stack was never deployed", async () => {
    reply = refusal(404, "NoSuchKey");
    await expect(outputsWith(state)).resolves.toEqual({});
  });

  it.each([
    [404, "NoSuchBucket"],
    [403, "AccessDenied"],
  ])("are an error, and not empty, when S3 answers %d %s", async (status, code) => {
    reply = refusal(status, code);
    await expect(outputsWith(state)).rejects.toThrow(
      `The state of access cannot be read from s3://our-state/studio-access/local/access.tfstate: ${code}: so it is`,
    );
  });
});
