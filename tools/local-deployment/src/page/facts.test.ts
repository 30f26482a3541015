import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sampleConfig } from "@studio-access/config/testing";
import type { DeployedApis } from "@studio-access/local-aws";

import type { Workspace } from "../workspace";
import { factsOf } from "./facts";

let root: string;
let workspace: Workspace;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "facts-"));
  const directory = join(root, ".studio-access", "local");
  const [logs, stateDirectory] = [join(directory, "logs"), join(directory, "state")];
  await mkdir(join(logs, "folder"), { recursive: true });
  await mkdir(stateDirectory);
  await writeFile(join(logs, "network.log"), "a line\n");
  await writeFile(join(directory, "env.sh"), "export SECRET=1\n");
  const config = { ...sampleConfig(), onPremise: null };
  workspace = { root, directory, logs, stateDirectory, config, configFile: "", outdir: root };
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function deploy(stack: string, values: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const outputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, type: "string" }]),
  );
  const resources = [
    { mode: "managed", type: "aws_vpc", name: "x", provider: "p", instances: [{ attributes: {} }] },
  ];
  const state = { version: 4, terraform_version: "1.0.0", serial: 1, lineage: "", outputs, resources };
  await writeFile(join(workspace.stateDirectory, `${stack}.tfstate`), JSON.stringify(state));
}

/** API Gateway with the API abc, which has GET at these paths in the stage studio. */
function apisWith(...paths: readonly string[]): DeployedApis {
  const resources = paths.map((path) => ({ id: path, path, methods: new Map([["GET", {}]]) }));
  const stage = {
    snapshot: {
      resources: paths.includes("/") ? resources : [{ id: "", path: "/", methods: new Map() }, ...resources],
    },
  };
  const deployed = (apiId: string, name: string): Promise<unknown> =>
    Promise.resolve(apiId === "abc" && name === "studio" ? stage : undefined);
  return { deployed } as DeployedApis;
}

describe("the facts of the page", () => {
  it("name the portal once API Gateway has deployed a page at the API's root", async () => {
    const url = "https://abc.execute-api.eu-west-1.amazonaws.com/studio";
    for (const stack of ["networking", "lob-a", "lob-b"]) await deploy(stack);
    await deploy("access", { api_url: url });
    const portalOf = async (...paths: readonly string[]): Promise<string | undefined> =>
      (await factsOf({ endpoint: "http://127.0.0.1:4566", workspace }, apisWith(...paths))).portalUrl;
    expect([await portalOf("/{user_id}"), await portalOf("/")]).toEqual([undefined, url]);
  });

  it("name users and the API once everything is deployed, and not before", async () => {
    await deploy("networking");
    await deploy("access", { api_url: "https://abc.execute-api.eu-west-1.amazonaws.com/studio" });
    await deploy("lob-a", { sign_in_passwords: { ann: "Aa1.x" } });
    const endpoint = "http://127.0.0.1:4566";
    await expect(factsOf({ endpoint, workspace }, apisWith("/{user_id}"))).resolves.toMatchObject({
      stacks: [
        { name: "networking", resources: 1 },
        { name: "access", resources: 1 },
        { name: "lob-a", resources: 1 },
        { name: "lob-b", resources: 0 },
      ],
      signIns: [],
      apiUrl: undefined,
    });
    await deploy("lob-b", { sign_in_passwords: {} });
    const facts = await factsOf({ endpoint, workspace }, apisWith("/{user_id}"));
    expect(facts.apiUrl).toBe("http://127.0.0.1:4566/execute-api/abc/studio");
    expect(facts.signIns).toContainEqual({ user: "ann", lob: "lob-a", password: "Aa1.x" });
    expect(facts.vantages).toEqual(["on-premise", "networking", "access", "lob-a", "lob-b", "internet"]);
  });

  it("hold the files of the logs' folder, and no other file", async () => {
    const { logs, log } = await factsOf({ endpoint: "http://127.0.0.1:4566", workspace }, apisWith());
    expect(logs).toEqual(["network.log"]);
    await expect(log("network.log")).resolves.toBe("a line\n");
    for (const name of ["../env.sh", "folder", "none.log", "", join(workspace.directory, "env.sh")])
      await expect(log(name)).resolves.toBeUndefined();
  });
});
