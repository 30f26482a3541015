import { jobOf } from "./job";
import { markerOf } from "./marker";

describe("a job", () => {
  it("is known by its environment", () => {
    const environment = { GITHUB_TOKEN: "token", GITHUB_REPOSITORY: "example/studio" };
    expect(jobOf(environment)).toEqual({
      token: "token",
      repository: { owner: "example", repo: "studio" },
      baseUrl: "https://api.github.com",
    });
    const enterprise = { ...environment, GITHUB_API_URL: "https://github.example.com/api/v3" };
    expect(jobOf(enterprise).baseUrl).toBe("https://github.example.com/api/v3");
  });

  it("misses all that is missing at once", () => {
    expect(() => jobOf({ GITHUB_TOKEN: "" })).toThrow("GITHUB_TOKEN, GITHUB_REPOSITORY");
  });

  it.each(["studio", "example/studio/x", "example/stu dio", "../.."])("is not of a repository %s", (text) => {
    const environment = { GITHUB_TOKEN: "token", GITHUB_REPOSITORY: text };
    expect(() => jobOf(environment)).toThrow(`"${text}" is no repository`);
  });
});

describe("a marker", () => {
  it("cannot be closed by its key", () => {
    expect(markerOf("plan/prod")).toBe("<!-- studio-access:plan/prod -->");
    expect(() => markerOf("plan --> <b>")).toThrow(RangeError);
  });
});
