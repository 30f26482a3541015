import { PRESIGN_ENVIRONMENT as NAMES } from "@studio-access/shared-types";
import { readConfig } from "./config";

const good = {
  AWS_REGION: "eu-west-1",
  [NAMES.usersTable]: "users",
  [NAMES.lobsTable]: "lobs",
  [NAMES.urlExpiresSeconds]: "20",
  [NAMES.sessionExpiresSeconds]: "14400",
};

describe("readConfig", () => {
  it("reads the environment", () => {
    expect(readConfig(good)).toEqual({
      region: "eu-west-1",
      endpoint: undefined,
      usersTable: "users",
      lobsTable: "lobs",
      groupsTable: undefined,
      urlExpiresSeconds: 20,
      sessionExpiresSeconds: 14_400,
      callers: "api",
    });
  });

  it("calls AWS elsewhere only where the SDKs' own variable says so", () => {
    expect(readConfig({ ...good, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" }).endpoint).toBe(
      "http://127.0.0.1:4566",
    );
    expect(readConfig({ ...good, AWS_ENDPOINT_URL: "" }).endpoint).toBeUndefined();
  });

  it("reads groups only where there is a table of them", () => {
    expect(readConfig({ ...good, [NAMES.groupsTable]: "groups" }).groupsTable).toBe("groups");
    expect(readConfig({ ...good, [NAMES.groupsTable]: "" }).groupsTable).toBeUndefined();
  });

  it("serves operators only where it is told so, in that very word", () => {
    expect(readConfig({ ...good, [NAMES.callers]: "operator" }).callers).toBe("operator");
    for (const value of ["", "Operator", "operator,api", "true"]) {
      expect(() => readConfig({ ...good, [NAMES.callers]: value })).toThrow(
        "CALLERS must be api or operator",
      );
    }
  });

  it("lists every missing name at once", () => {
    const act = (): unknown => readConfig({});
    for (const name of Object.keys(good)) expect(act).toThrow(`${name} is missing`);
  });

  it.each(["4", "301", "-20", "20.5", "2e1", "20s", " 20", "NaN"])(
    "refuses %j as lifetime of a URL",
    (value) => {
      expect(() => readConfig({ ...good, [NAMES.urlExpiresSeconds]: value })).toThrow(
        "bad environment: URL_EXPIRES_SECONDS must be a whole number of seconds, 5 to 300",
      );
    },
  );

  it.each(["1799", "43201"])("refuses %j as lifetime of a session", (value) => {
    expect(() => readConfig({ ...good, [NAMES.sessionExpiresSeconds]: value })).toThrow("1800 to 43200");
  });

  it.each([
    ["5", "1800"],
    ["300", "43200"],
  ])("accepts the limits, %s and %s", (url, session) => {
    const env = { ...good, [NAMES.urlExpiresSeconds]: url, [NAMES.sessionExpiresSeconds]: session };
    expect(readConfig(env)).toMatchObject({
      urlExpiresSeconds: Number(url),
      sessionExpiresSeconds: Number(session),
    });
  });
});
