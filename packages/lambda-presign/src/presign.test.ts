import type { PresignRequest } from "./presign-request";
import { presign, type PresignDeps } from "./presign";
import { ALICE, LOB, REGION, STUDIO_ORIGIN, STUDIO_URL } from "./testing/fixtures";

const NOW = Date.parse("2030-01-01T00:00:00Z");

function depsOf(changes: Partial<PresignDeps> = {}, url = STUDIO_URL): PresignDeps {
  return {
    directory: {
      lobNameOf: (userName) => Promise.resolve(userName === "stranger" ? undefined : "lob-a"),
      findLob: () => Promise.resolve(LOB),
    },
    studio: { presign: () => Promise.resolve(url) },
    region: REGION,
    urlExpiresSeconds: 20,
    now: () => NOW,
    ...changes,
  };
}

function attempt(request: PresignRequest, deps = depsOf()): Promise<unknown> {
  return presign(request, deps, new AbortController().signal);
}

describe("presign", () => {
  it("answers with the user's URL and its end", async () => {
    await expect(attempt(ALICE)).resolves.toEqual({ url: STUDIO_URL, expiresAt: "2030-01-01T00:00:20.000Z" });
  });

  it("counts the lifetime from before the call, so that it never promises too much", async () => {
    let now = NOW;
    const slow = { presign: () => Promise.resolve(((now += 5000), STUDIO_URL)) };
    await expect(attempt(ALICE, depsOf({ studio: slow, now: () => now }))).resolves.toMatchObject({
      expiresAt: "2030-01-01T00:00:20.000Z",
    });
  });

  it("asks for this user in this line of business, with the caller's signal", async () => {
    const { signal } = new AbortController();
    const deps = depsOf();
    const asked = [
      jest.spyOn(deps.directory, "lobNameOf"),
      jest.spyOn(deps.directory, "findLob"),
      jest.spyOn(deps.studio, "presign"),
    ];
    await presign(ALICE, deps, signal);
    expect(asked.map((spy) => spy.mock.calls)).toEqual([
      [["alice", signal]],
      [["lob-a", signal]],
      [[ALICE, LOB, signal]],
    ]);
  });

  it("forbids an unknown user, as it does a colleague's path", async () => {
    await expect(attempt({ userName: "stranger", sessionName: "stranger" })).rejects.toMatchObject({
      code: "forbidden",
      reason: "user_unknown",
    });
  });

  it("finds no Studio for an unknown line of business", async () => {
    const directory = { ...depsOf().directory, findLob: () => Promise.resolve(undefined) };
    await expect(attempt(ALICE, depsOf({ directory }))).rejects.toMatchObject({
      code: "studio_not_found",
      reason: "lob_unknown",
    });
  });

  it.each([
    ["none at all", ""],
    ["another domain's", STUDIO_URL.replace("d-abcdef", "d-zzzzzz")],
    ["another region's", STUDIO_URL.replace(REGION, "eu-west-2")],
    ["one without https", STUDIO_URL.replace("https:", "blob:https:")],
    ["a stranger's", "https://evil.example/auth?token=x"],
    ["one whose host only begins well", STUDIO_URL.replace(".aws/", ".aws.evil.example/")],
    ["one whose host only ends well", STUDIO_URL.replace("https://", "https://evil.")],
    ["one that hides the host behind a user", STUDIO_URL.replace("/auth", "@evil.example/auth")],
    ["one with a user", STUDIO_URL.replace("https://", "https://user@")],
    ["one with a port", `${STUDIO_ORIGIN}:8443/auth`],
    ["one without encryption", STUDIO_URL.replace("https:", "http:")],
    ["a script", "javascript:alert(1)"],
  ])("refuses a URL that is %s", async (_case, url) => {
    await expect(attempt(ALICE, depsOf({}, url))).rejects.toMatchObject({
      code: "upstream_error",
      reason: "url_unexpected",
    });
  });

  it("passes on no line break, which would add a header to the answer", async () => {
    const answer = (await attempt(ALICE, depsOf({}, `${STUDIO_URL}\r\nSet-Cookie: a=b`))) as { url: string };
    expect(answer.url).not.toMatch(/[\r\n]/);
  });
});
