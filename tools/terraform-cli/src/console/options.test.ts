import { cacheFolder } from "./options";

describe("the cache folder", () => {
  it.each([
    ["in the home folder", { HOME: "/h" }, "/h/.cache/studio-access"],
    ["XDG's", { HOME: "/h", XDG_CACHE_HOME: "/x" }, "/x/studio-access"],
    [
      "in the home folder when XDG_CACHE_HOME is relative",
      { HOME: "/h", XDG_CACHE_HOME: "x" },
      "/h/.cache/studio-access",
    ],
    [
      "the value of STUDIO_ACCESS_CACHE",
      { HOME: "/h", XDG_CACHE_HOME: "/x", STUDIO_ACCESS_CACHE: "/c" },
      "/c",
    ],
    [
      "in the home folder when STUDIO_ACCESS_CACHE is empty",
      { HOME: "/h", STUDIO_ACCESS_CACHE: "" },
      "/h/.cache/studio-access",
    ],
  ])("is %s", (_, env, expected) => {
    expect(cacheFolder(env)).toBe(expected);
  });
});
