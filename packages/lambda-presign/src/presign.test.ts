import fc from "fast-check";
import type { PresignRequest } from "./presign-request";
import { homeOf, presign, type PresignDeps, type ProfileState } from "./presign";
import { Refused } from "./refusal";
import { ALICE, GROUP_LOB, LOB, REGION, STUDIO_ORIGIN, STUDIO_URL } from "./testing/fixtures";

const NOW = Date.parse("2030-01-01T00:00:00Z");

function depsOf(changes: Partial<PresignDeps> = {}, url = STUDIO_URL): PresignDeps {
  return {
    directory: {
      placesOf: ({ userName }) =>
        Promise.resolve({ own: userName === "stranger" ? undefined : "lob-a", byGroups: [] }),
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
      jest.spyOn(deps.directory, "placesOf"),
      jest.spyOn(deps.directory, "findLob"),
      jest.spyOn(deps.studio, "presign"),
    ];
    await presign(ALICE, deps, signal);
    expect(asked.map((spy) => spy.mock.calls)).toEqual([
      [[ALICE, signal]],
      [["lob-a", false, signal]],
      [[ALICE, LOB, signal]],
    ]);
  });

  it("forbids an unknown user, as it does a colleague's path", async () => {
    await expect(attempt({ ...ALICE, userName: "stranger" })).rejects.toMatchObject({
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

describe("a user's line of business", () => {
  it.each<[string, string | undefined, string[], string]>([
    ["their own entry", "lob-a", [], "lob-a listed"],
    ["their own entry before their groups", "lob-a", ["lob-b"], "lob-a listed"],
    ["their own entry before groups of several", "lob-a", ["lob-b", "lob-c"], "lob-a listed"],
    ["their group's", undefined, ["lob-b"], "lob-b by group"],
    ["that of all their groups", undefined, ["lob-b", "lob-b"], "lob-b by group"],
    ["none of two", undefined, ["lob-b", "lob-c"], "lob_ambiguous"],
    ["none without any", undefined, [], "forbidden"],
  ])("is %s", (_what, own, byGroups, expected) => {
    expect(said(() => homeOf({ own, byGroups }, ["g"]))).toBe(expected);
  });

  it("is not guessed where their groups are not known whole", () => {
    expect(said(() => homeOf({ own: undefined, byGroups: [] }, "too_many_groups"))).toBe("too_many_groups");
    expect(said(() => homeOf({ own: "lob-a", byGroups: [] }, "too_many_groups"))).toBe("lob-a listed");
  });

  it("is always one of those that the tables name, and by a group only where it is the only one", () => {
    const lobs = fc.constantFrom("lob-a", "lob-b", "lob-c");
    fc.assert(
      fc.property(fc.option(lobs, { nil: undefined }), fc.array(lobs), (own, byGroups) => {
        const distinct = new Set(byGroups);
        const byGroup =
          distinct.size === 0
            ? "forbidden"
            : distinct.size === 1
              ? `${byGroups[0]} by group`
              : "lob_ambiguous";
        expect(said(() => homeOf({ own, byGroups }, []))).toBe(own === undefined ? byGroup : `${own} listed`);
      }),
    );
  });
});

function said(act: () => ReturnType<typeof homeOf>): string {
  try {
    const { lobName, isByGroup } = act();
    return `${lobName} ${isByGroup ? "by group" : "listed"}`;
  } catch (error) {
    return (error as Refused).code;
  }
}

describe("a user by group", () => {
  const UNKNOWN = new Refused("studio_not_found", "profile_unknown");
  const NOT_SO = new Refused("upstream_error", "sagemaker_error");

  /** What the user is told, and how often a profile was asked for. */
  async function outcome(
    error: Refused | undefined,
    state: ProfileState,
    { isListed = false, hasMaker = true } = {},
  ): Promise<[string, number]> {
    const make = jest.fn(() => Promise.resolve(state));
    const findLob = jest.fn(() => Promise.resolve(GROUP_LOB));
    const deps = depsOf({
      directory: {
        placesOf: () =>
          Promise.resolve(
            isListed ? { own: "lob-a", byGroups: [] } : { own: undefined, byGroups: ["lob-a"] },
          ),
        findLob,
      },
      studio: { presign: () => (error === undefined ? Promise.resolve(STUDIO_URL) : Promise.reject(error)) },
      profileMaker: hasMaker ? { make } : undefined,
    });
    const { signal } = new AbortController();
    const told = await presign(ALICE, deps, signal).then(
      () => "url",
      (refused: unknown) => `${(refused as Refused).code}: ${(refused as Refused).reason}`,
    );
    expect(findLob).toHaveBeenCalledWith("lob-a", !isListed, signal);
    if (make.mock.calls.length > 0) expect(make).toHaveBeenCalledWith(ALICE, GROUP_LOB, signal);
    return [told, make.mock.calls.length];
  }

  it("who has a profile gets the URL, and no profile is asked for", async () => {
    await expect(outcome(undefined, "begun")).resolves.toEqual(["url", 0]);
  });

  it.each<[Refused, ProfileState, string]>([
    [UNKNOWN, "begun", "profile_pending: profile_begun"],
    [UNKNOWN, "pending", "profile_pending: profile_pending"],
    [UNKNOWN, "ready", "profile_pending: profile_pending"],
    [UNKNOWN, "failed", "profile_failed: profile_failed"],
    [NOT_SO, "begun", "profile_pending: profile_begun"],
    [NOT_SO, "pending", "profile_pending: profile_pending"],
    [NOT_SO, "ready", "upstream_error: sagemaker_error"],
    [NOT_SO, "failed", "profile_failed: profile_failed"],
  ])("is told of the profile after %s, %s: %s", async (error, state, told) => {
    await expect(outcome(error, state)).resolves.toEqual([told, 1]);
  });

  it.each(["sagemaker_denied", "sagemaker_throttled", "sts_denied", "sagemaker_timeout"] as const)(
    "gets no profile after %s, which says nothing of one",
    async (reason) => {
      const error = new Refused("upstream_error", reason);
      await expect(outcome(error, "begun")).resolves.toEqual([`upstream_error: ${reason}`, 0]);
    },
  );

  it.each([UNKNOWN, NOT_SO])("alone gets one: nobody who is listed does (%s)", async (error) => {
    const told = `${error.code}: ${error.reason}`;
    await expect(outcome(error, "begun", { isListed: true })).resolves.toEqual([told, 0]);
  });

  it.each([UNKNOWN, NOT_SO])("gets none where nothing makes profiles (%s)", async (error) => {
    const told = `${error.code}: ${error.reason}`;
    await expect(outcome(error, "begun", { hasMaker: false })).resolves.toEqual([told, 0]);
  });
});
