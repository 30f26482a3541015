import { cacheFolder } from "./options";

describe("the cache folder", () => {
  it.each([
    ["the home folder's", { HOME: "/h" }, "/h/.cache/studio-access"],
    ["XDG's", { HOME: "/h", XDG_CACHE_HOME: "/x" }, "/x/studio-access"],
    [
      "the home folder's where XDG's is relative",
      { HOME: "/h", XDG_CACHE_HOME: "x" },
      "/h/.cache/studio-access",
    ],
    ["its own setting", { HOME: "/h", XDG_CACHE_HOME: "/x", STUDIO_ACCESS_CACHE: "/c" }, "/c"],
    ["not a setting that is empty", { HOME: "/h", STUDIO_ACCESS_CACHE: "" }, "/h/.cache/studio-access"],
  ])("is %s", (_, env, expected) => {
    expect(cacheFolder(env)).toBe(expected);
  });
});
