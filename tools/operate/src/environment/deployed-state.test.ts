import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startHttpServer, type HttpServer, type Reply } from "../open/testing/http-server";
import { deployedOutputs, deployedResources } from "./deployed-state";

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
  return deployedOutputs("access", await deploymentWith({ state }));
}

async function deploymentWith(changes: object): Promise<{ root: string; configFile: string }> {
  const configFile = join(root, "config.json");
  const example = JSON.parse(await readFile(EXAMPLE, "utf8")) as object;
  await writeFile(configFile, JSON.stringify({ ...example, ...changes }));
  return { root, configFile };
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

  it("are refused, with the command that mends it, when the file is cut off", async () => {
    await mkdir(join(root, "kept/here"), { recursive: true });
    await writeFile(join(root, "kept/here/access.tfstate"), STATE.slice(0, 60));
    await expect(outputsWith(state)).rejects.toThrow("Mend it first: ./studio recover access");
    await writeFile(join(root, "kept/here/access.tfstate"), "");
    await writeFile(
      join(root, "kept/here/access.tfstate.backup"),
      STATE.replace(
        '"resources":[]',
        '"resources":[{"mode":"managed","type":"aws_vpc","name":"Vpc","instances":[{"attributes":{}}]}]',
      ),
    );
    await expect(outputsWith(state)).rejects.toThrow("Mend it first: ./studio recover access");
  });

  it("are not read when the config breaks a rule", async () => {
    await expect(outputsWith({ backend: "local", directory: "../elsewhere" })).rejects.toThrow(
      /state\.directory/,
    );
  });
});

describe("the resources of an environment", () => {
  const state = { backend: "local", directory: "kept" };

  async function keep(stack: string, id: string): Promise<void> {
    const instances = [{ attributes: { id } }];
    const resources = [{ mode: "managed", type: "aws_vpc", name: "V", instances }];
    await mkdir(join(root, "kept"), { recursive: true });
    await writeFile(
      join(root, "kept", `${stack}.tfstate`),
      JSON.stringify({ version: 4, outputs: {}, resources }),
    );
  }

  it("are those of every stack that is deployed, also of those that only an administrator deploys", async () => {
    await keep("access", "vpc-1");
    await keep("state", "vpc-2");
    const found = await deployedResources(await deploymentWith({ state, stateBucket: true }));
    expect(found.map(({ stack, values }) => [stack, values["id"]])).toEqual([
      ["state", "vpc-2"],
      ["access", "vpc-1"],
    ]);
  });

  it("are an error, and no empty proof, when nothing is deployed", async () => {
    await expect(deployedResources(await deploymentWith({ state }))).rejects.toThrow(
      "No stack of this config has a state in kept: deploy first",
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
