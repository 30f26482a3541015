import { execFileSync } from "node:child_process";

import { sampleConfig } from "@studio-access/config/testing";

import { awsConfigFile, awsEnvironment, shellExports, withoutAws } from "./environment";

describe("the environment of a local deployment", () => {
  it("removes the machine's own AWS variables", () => {
    expect(
      withoutAws({ PATH: "/bin", AWS_PROFILE: "production", AWS_SESSION_TOKEN: "x", HOME: undefined }),
    ).toEqual({
      PATH: "/bin",
    });
  });

  it("points every AWS program at the local endpoint, and at none of the user's files", () => {
    const variables = awsEnvironment("http://127.0.0.1:4566", "eu-west-1", "/tmp/profiles");
    expect(variables).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_CONFIG_FILE: "/tmp/profiles",
      AWS_SHARED_CREDENTIALS_FILE: "/tmp/profiles",
    });
  });

  it("has a profile for each account that the config names by profile", () => {
    const config = sampleConfig();
    config.sharedServices.credentials = { profile: "shared" };
    expect(awsConfigFile(config)).toContain("[profile shared]\naws_access_key_id = 111111111111\n");
  });

  it("has a profile for each account by its name, and none of the user's own in a shell that sources it", () => {
    expect(awsConfigFile(sampleConfig())).toContain("[profile lob-a]\naws_access_key_id = 222222222222\n");
    expect(awsConfigFile(sampleConfig())).toContain("[default]\naws_access_key_id = local\n");
    const script = `AWS_PROFILE=mine; ${shellExports({})}printf %s "$AWS_PROFILE"`;
    expect(execFileSync("sh", ["-c", script]).toString()).toBe("");
  });

  it("is quoted for the shell, whatever a value holds", () => {
    const value = `it's "quoted" $HOME \`x\``;
    const script = `${shellExports({ STRANGE: value })}printf %s "$STRANGE"`;
    expect(execFileSync("sh", ["-c", script]).toString()).toBe(value);
  });
});
