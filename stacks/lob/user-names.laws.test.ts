import { profileOf } from "@studio-access/config";

import { withEmailNames, withOidc } from "../testing/configs";
import { allResources, localConfig, synthApp } from "../testing/synth-app";

const PERSON = "jane.doe@lob-a.example.com";
const PROFILE = "m--jane--doe---lob-a--example--com";

/** Values of an attribute, of all resources of a type. */
function valuesOf(app: ReturnType<typeof synthApp>, type: string, attribute: string): readonly unknown[] {
  return allResources(app)
    .filter((resource) => resource.type === type)
    .map(({ body }) => body[attribute]);
}

describe("a user whom the provider calls by an e-mail address", () => {
  const config = withEmailNames(withOidc(localConfig()));
  const app = synthApp(config);

  it("has profile and row by the mapped name", () => {
    expect(profileOf(PERSON)).toBe(PROFILE);
    expect(valuesOf(app, "aws_sagemaker_user_profile", "user_profile_name")).toContain(PROFILE);
    expect(valuesOf(app, "aws_dynamodb_table_item", "item")).toContain(
      JSON.stringify({ PK: { S: PROFILE }, LOB: { S: "lob-a" } }),
    );
  });

  it("signs in at the stand-in by the provider's name", () => {
    const standIn = synthApp({ ...config, identity: localConfig().identity });
    expect(valuesOf(standIn, "aws_cognito_user", "username")).toContain(PERSON);
    expect(valuesOf(standIn, "aws_sagemaker_user_profile", "user_profile_name")).toContain(PROFILE);
  });

  it("is judged by the rules of the preset, all of them spelt out", () => {
    const [environment] = allResources(app)
      .filter(
        ({ type, body }) =>
          type === "aws_lambda_function" && JSON.stringify(body["function_name"]).endsWith('authorizer"'),
      )
      .map(({ body }) => JSON.stringify(body["environment"]));
    for (const rule of [
      { ACCESS_TOKEN_PROFILE: "oidc", CLIENT_CLAIM: "azp", TOKEN_TYPES: '["JWT","at+jwt"]' },
      { AUDIENCES: '["studio-access","account"]', REQUIRED_CLAIMS: '{"typ":"Bearer"}' },
      { USER_NAME_CLAIM: "preferred_username" },
    ])
      for (const [name, value] of Object.entries(rule))
        expect(environment).toContain(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  });
});
