import { addressesOf } from "./addresses";
import { OpenFailed } from "./failure";
import { STUDIO_URL } from "./testing/secrets";

const API = "https://abc123.execute-api.eu-west-1.amazonaws.com/studio";

describe("addressesOf", () => {
  it.each([
    ["no endpoint", undefined],
    ["an empty one", ""],
    ["an endpoint on another machine", "https://aws.corp.example.com"],
    ["a host name that begins with 127.0.0.1", "http://127.0.0.1.example.com:4566"],
    ["a host name that begins with localhost", "http://localhost.example.com"],
  ])("are those of the real AWS with %s", (_case, endpoint) => {
    const { api, studio, isLocal } = addressesOf(API, endpoint);
    expect({ api, isLocal }).toEqual({ api: API, isLocal: false });
    expect(studio(STUDIO_URL)).toBe(STUDIO_URL);
  });

  it.each(["http://127.0.0.1:4566", "http://localhost:4566", "http://[::1]:4566", "http://127.0.0.1:4566/"])(
    "are on this machine with %s",
    (endpoint) => {
      const { origin } = new URL(endpoint);
      const { api, studio, isLocal } = addressesOf(API, endpoint);
      expect({ api, isLocal }).toEqual({ api: `${origin}/execute-api/abc123/studio`, isLocal: true });
      expect(studio(STUDIO_URL)).toBe(`${origin}/studio/d-abc123/auth?token=not-for-the-log-url`);
    },
  );

  it("accept a stage with a trailing slash", () => {
    expect(addressesOf(`${API}/`, undefined).api).toBe(API);
  });

  it("refuse an invalid URL, and say which one it is", () => {
    expect(() => addressesOf("nonsense", undefined)).toThrow(/api_url/);
    expect(() => addressesOf(API, "nonsense")).toThrow(OpenFailed);
    expect(() => addressesOf(API, "nonsense")).toThrow(/AWS_ENDPOINT_URL/);
  });
});
