import { nodeOf } from "./node-runtime";

const own = process.versions.node.split(".")[0] ?? "";

describe("the Node of a runtime", () => {
  it("is this process's own where the major version is the same, or the runtime names none", async () => {
    const fetch = jest.fn(() => Promise.resolve("/never"));
    for (const runtime of [`nodejs${own}.x`, "", "provided.al2023"])
      await expect(nodeOf(runtime, fetch)).resolves.toEqual({ path: process.execPath, unlike: undefined });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("is npm's program otherwise, asked for once", async () => {
    const fetch = jest.fn(() => Promise.resolve("/cache/node"));
    const both = await Promise.all([nodeOf("nodejs98.x", fetch), nodeOf("nodejs98.x", fetch)]);
    expect(both).toEqual([1, 2].map(() => ({ path: "/cache/node", unlike: undefined })));
    expect(fetch.mock.calls).toEqual([["98"]]);
  });

  it("is this process's own, with the reason, while npm cannot get it", async () => {
    await expect(nodeOf("nodejs99.x", () => Promise.reject(new Error("offline\nmore")))).resolves.toEqual({
      path: process.execPath,
      unlike: "npm could not get Node 99 (offline)",
    });
    await expect(nodeOf("nodejs99.x", () => Promise.resolve("/cache/node"))).resolves.toMatchObject({
      path: "/cache/node",
    });
  });
});
