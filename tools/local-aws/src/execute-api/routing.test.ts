import { exampleMethod, exampleSnapshot, resource } from "./testing/example-api";
import { findRoute, matchPath } from "./routing";

describe("matchPath", () => {
  it.each([
    ["/", "/", {}],
    ["/a/{id}", "/a/b%20c", { id: "b%20c" }],
    ["/{proxy+}", "/a/b", { proxy: "a/b" }],
    ["/a/{id}/{rest+}", "/a/1/2/3", { id: "1", rest: "2/3" }],
    ["/a", "/b", undefined],
    ["/{id}", "/", undefined],
    ["/{id}", "/a/", undefined],
    ["/{id}", "/a/b", undefined],
    ["/{proxy+}", "/", undefined],
  ])("%s and %s: %j", (pattern, path, values) => {
    expect(matchPath(pattern, path)).toEqual(values);
  });
});

describe("findRoute", () => {
  const get = new Map([["GET", exampleMethod]]);
  const resources = ["/{proxy+}", "/{id}", "/", "/me"].map((path) => resource(path, get));
  const snapshot = {
    ...exampleSnapshot,
    resources: [...resources, resource("/post", new Map([["POST", exampleMethod]]))],
  };

  it.each([
    ["/me", "/me"],
    ["/you", "/{id}"],
    ["/you/too", "/{proxy+}"],
    ["/post", "/{id}"],
    ["/", "/"],
  ])("%s is routed to the most specific resource that has the method, %s", (path, expected) => {
    expect(findRoute(snapshot, "GET", path)?.resource.path).toBe(expected);
  });

  it("falls back to ANY, and to nothing", () => {
    const any = { ...snapshot, resources: [resource("/me", new Map([["ANY", exampleMethod]]))] };
    expect(findRoute(any, "DELETE", "/me")).toBeDefined();
    expect(findRoute(snapshot, "DELETE", "/me")).toBeUndefined();
  });
});
