import { MissingTool, RUN_AGAIN, type Terraform } from "@studio-access/terraform-cli";

import { fakeFacts } from "../testing/fake-facts";
import { unknown } from "../finding";
import { providerCheck, providerFinding } from "./aws-provider";
import { nodeFinding } from "./node-version";
import { terraformCheck, terraformFinding } from "./terraform-version";

const TERRAFORM: Terraform = {
  path: "/usr/bin/terraform",
  version: "1.11.4",
  origin: "path",
  passedOver: [],
};
const MISSING = new MissingTool("Terraform 1.11.4", "there is no terraform on PATH", [
  "download it",
  "install it",
]);

describe("Node.js", () => {
  it.each([
    ["20.19.0", "ok"],
    ["20.20.2", "ok"],
    ["24.1.0", "ok"],
    ["20.9.0", "fail"],
    ["18.20.4", "fail"],
  ])("%s is %s where 20.19 is needed", (running, result) => {
    expect(nodeFinding(running, ">=20.19")).toMatchObject({ check: "Node.js", result });
  });

  it("that is too old fails with the version to install", () => {
    expect(nodeFinding("18.20.4", ">=20.19").remedy).toContain("Node.js 20.19 or later");
  });
});

describe("Terraform", () => {
  it("on PATH passes", () => {
    expect(terraformFinding(TERRAFORM, undefined)).toMatchObject({
      result: "ok",
      detail: "1.11.4 at /usr/bin/terraform",
    });
  });

  it("that only this project's commands find gives a warning, unless TERRAFORM_BINARY_NAME names it", () => {
    const cached: Terraform = { ...TERRAFORM, path: "/cache/terraform", origin: "cache" };
    expect(terraformFinding(cached, undefined)).toMatchObject({
      result: "warn",
      remedy: "export TERRAFORM_BINARY_NAME=/cache/terraform",
    });
    expect(terraformFinding(cached, "/cache/terraform").result).toBe("ok");
  });

  it("that is missing fails with every way to get it", async () => {
    await expect(terraformCheck("/", () => Promise.reject(MISSING)).find()).resolves.toEqual([
      {
        check: "Terraform",
        result: "fail",
        detail: "Terraform 1.11.4 is missing: there is no terraform on PATH",
        remedy: "download it; or install it",
      },
    ]);
  });

  it("that is missing is installed by another command, since the doctor installs nothing", () => {
    const { remedy } = terraformFinding(
      new MissingTool("Terraform", "none", [RUN_AGAIN, "get it"]),
      undefined,
    );
    expect(remedy).toBe("run `./studio plan`, which downloads it with the network at hand; or get it");
  });

  it("fails as a check when the search itself throws", async () => {
    const broken = terraformCheck("/", () => Promise.reject(new Error("no .terraform-version")));
    await expect(broken.find()).rejects.toThrow("no .terraform-version");
  });
});

describe("the AWS provider", () => {
  it.each([
    [
      "from a mirror",
      { kind: "mirror", path: "/mirror", versions: ["5.100.0"] },
      "ok",
      "5.100.0 in the mirror /mirror",
    ],
    ["from the registry", { kind: "registry" }, "ok", "hashicorp/aws 5.100.0 from registry.terraform.io"],
    [
      "from a registry that does not answer",
      { kind: "registry", unreachable: "getaddrinfo ENOTFOUND" },
      "fail",
      "registry.terraform.io does not answer (getaddrinfo ENOTFOUND), and no mirror was found",
    ],
    [
      "from a mirror without it",
      { kind: "unusable mirror", why: "holds no AWS provider" },
      "fail",
      "holds no AWS provider",
    ],
  ] as const)("%s", (_whence, source, result, detail) => {
    expect(providerFinding(source, "5.100.0")).toMatchObject({ result, detail });
  });

  it("is said to be untried where the config asks for another than the tested one", () => {
    const source = { kind: "registry" } as const;
    expect(providerFinding(source, "6.21.0")).toMatchObject({
      result: "warn",
      detail: "hashicorp/aws 6.21.0 from registry.terraform.io: untried, the tests run with 5.100.0",
    });
  });

  it("is looked for in the versions that the stacks require", async () => {
    const asked: string[] = [];
    await providerCheck(fakeFacts(), (versions) => {
      asked.push(versions);
      return Promise.resolve({ kind: "registry" });
    }).find();
    expect(asked).toEqual(["5.100.0"]);
  });

  it("is not looked for when the stacks, which require its versions, do not synthesize", async () => {
    const facts = fakeFacts({ synthesized: unknown("the stacks do not synthesize") });
    await expect(providerCheck(facts).find()).resolves.toMatchObject([
      { result: "warn", detail: "not checked: the stacks do not synthesize" },
    ]);
  });
});
