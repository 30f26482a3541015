import { githubClient, type Github } from "./client";
import { postComment, type CommentRequest, type Posted } from "./comment";
import { keepIssue, type StandingIssue } from "./standing-issue";
import { LONGEST_BODY, marked } from "./marker";
import { GithubStandIn } from "./testing/stand-in";

const TOKEN = "a-token-of-a-test";
const ours = { owner: "example", repo: "studio", author: "github-actions[bot]" };

let github: GithubStandIn;
let said: string[];

beforeEach(async () => {
  github = await GithubStandIn.start();
  said = [];
});

afterEach(async () => {
  await github.stop();
});

/** Waits that GitHub gives in seconds last as many milliseconds here. */
function client(): Github {
  return githubClient({
    token: TOKEN,
    baseUrl: `${github.url}/`,
    announce: (text) => said.push(text),
    secondMs: 1,
  });
}

function post(text: string, request: Partial<CommentRequest> = {}): Promise<Posted> {
  return postComment(client(), { ...ours, pullRequest: 7, key: "plan", text, ...request });
}

function methods(): string[] {
  return github.seen.map(({ method }) => method);
}

describe("a comment on a pull request", () => {
  it("is created once, and then updated in place", async () => {
    await expect(post("first")).resolves.toMatchObject({ outcome: "created" });
    await expect(post("second")).resolves.toMatchObject({ outcome: "updated" });
    expect(github.comments.map(({ body }) => body)).toEqual(["<!-- studio-access:plan -->\nsecond"]);
  });

  it("is left alone when it says the same", async () => {
    await post("same");
    await expect(post("same")).resolves.toEqual({
      outcome: "unchanged",
      url: "https://github.com/example/studio/comments/1",
    });
    expect(methods()).toEqual(["GET", "POST", "GET"]);
  });

  it("is found behind hundreds of others", async () => {
    for (let count = 0; count < 250; count += 1) github.add("comments", `remark ${count}`, "jane");
    const own = github.add("comments", marked("plan", "old"));
    await expect(post("new")).resolves.toEqual({ outcome: "updated", url: own.html_url });
    expect(own.body).toBe(marked("plan", "new"));
    expect(methods()).toEqual(["GET", "GET", "GET", "PATCH"]);
  });

  it("is never somebody else's, though it begins with our marker", async () => {
    const forged = github.add("comments", marked("plan", "all is well"), "mallory");
    await expect(post("not well")).resolves.toMatchObject({ outcome: "created" });
    expect(forged.body).toBe(marked("plan", "all is well"));
  });

  it("is not one of our own that only quotes the marker, nor one with another key", async () => {
    github.add("comments", `> ${marked("plan", "quoted")}`);
    github.add("comments", marked("plan-prod", "of another environment"));
    await expect(post("new")).resolves.toMatchObject({ outcome: "created" });
    expect(github.comments).toHaveLength(3);
  });

  it("is cut at a line where GitHub would refuse it as too long", async () => {
    await post("a line of a long plan\n".repeat(5000));
    const body = github.comments[0]!.body;
    expect(body.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(body).toMatch(/a line of a long plan\n\n_The rest is left out here/);
  });
});

describe("a client that GitHub asks to wait", () => {
  it("waits as long as Retry-After says, and asks again", async () => {
    github.preparedResponses.push({
      status: 403,
      headers: { "retry-after": "20" },
      message: "You have exceeded a secondary rate limit.",
    });
    await expect(post("text")).resolves.toMatchObject({ outcome: "created" });
    expect(said).toEqual(["GitHub's secondary rate limit: asking again in 20 s."]);
  });

  it("waits for the reset of the hourly limit", async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 30);
    github.preparedResponses.push({
      status: 403,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
      message: "API rate limit exceeded for installation.",
    });
    await expect(post("text")).resolves.toMatchObject({ outcome: "created" });
    expect(said).toEqual([expect.stringMatching(/^GitHub's hourly rate limit: asking again in 3\d s\.$/)]);
  });

  it("gives up where that is longer than a job should wait, and says so", async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 3000);
    github.preparedResponses.push({
      status: 429,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
      message: "API rate limit exceeded.",
    });
    await expect(post("text", {})).rejects.toThrow(
      "GitHub refused to comment on pull request 7 of example/studio (429: API rate limit exceeded.). The rate limit lasts longer",
    );
  });

  it("gives up after three times", async () => {
    const prepared = {
      status: 403,
      headers: { "retry-after": "1" },
      message: "You have exceeded a secondary rate limit.",
    };
    github.preparedResponses.push(...Array.from({ length: 9 }, () => prepared));
    await expect(post("text")).rejects.toMatchObject({ name: "GithubFailure", status: 403 });
    expect(github.seen).toHaveLength(4);
  });

  it("asks again after an error of the server, but makes nothing twice", async () => {
    github.preparedResponses.push({ status: 502, message: "Bad Gateway" });
    await expect(post("text")).resolves.toMatchObject({ outcome: "created" });
    github.comments.length = 0;
    github.seen.length = 0;
    const lost = { status: 502, message: "Bad Gateway" };
    const whole = client();
    whole.hook.before("request", ({ method }) => {
      if (method === "POST") github.preparedResponses.push(lost);
    });
    const request = { ...ours, pullRequest: 7, key: "plan", text: "text" };
    await expect(postComment(whole, request)).rejects.toMatchObject({ status: 502 });
    expect(methods()).toEqual(["GET", "POST"]);
  });
});

describe("a refusal", () => {
  it.each([
    [401, "Bad credentials", "The token has expired or is wrong"],
    [
      403,
      "Resource not accessible by integration",
      "it needs `pull-requests: write`. A pull request from a fork",
    ],
    [404, "Not Found", "There is no such thing, or the job's token may not see it"],
  ])("%s says what was attempted, and what to do about it", async (status, message, remedy) => {
    github.preparedResponses.push({ status, message });
    const failure = await post("text").catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: "GithubFailure", status });
    expect((failure as Error).message).toContain(`pull request 7 of example/studio (${status}: ${message})`);
    expect((failure as Error).message).toContain(remedy);
  });

  it("never shows the token, though every request carries it", async () => {
    github.preparedResponses.push({ status: 403, message: "Resource not accessible by integration" });
    const failure = await post("text").catch((error: unknown) => error as Error);
    expect(github.seen[0]?.authorization).toContain(TOKEN);
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(TOKEN);
    expect(said.join()).not.toContain(TOKEN);
  });

  it("differs from a missing response", async () => {
    const request = { ...ours, pullRequest: 7, key: "plan", text: "text" };
    const nobody = githubClient({
      token: TOKEN,
      baseUrl: "http://127.0.0.1:9",
      announce: () => undefined,
      secondMs: 1,
    });
    await expect(postComment(nobody, request)).rejects.toThrow(/GitHub refused .* \(no answer: /);
  });
});

describe("the issue about drift", () => {
  const drift: StandingIssue = { ...ours, key: "drift", label: "drift" };

  const keep = (text: string | undefined): ReturnType<typeof keepIssue> =>
    keepIssue(client(), drift, text === undefined ? undefined : { title: "Drift", text });

  it("is opened once, updated while it lasts, and closed when all is well", async () => {
    await expect(keep("one alarm is gone")).resolves.toMatchObject({ outcome: "opened" });
    await expect(keep("one alarm is gone")).resolves.toMatchObject({ outcome: "unchanged" });
    await expect(keep("two alarms are gone")).resolves.toMatchObject({ outcome: "updated" });
    expect(github.issues).toMatchObject([{ state: "open", body: marked("drift", "two alarms are gone") }]);
    await expect(keep(undefined)).resolves.toMatchObject({ outcome: "closed" });
    expect(github.issues).toMatchObject([{ state: "closed" }]);
    await expect(keep(undefined)).resolves.toEqual({ outcome: "none" });
  });

  it("is a new one when the last was closed", async () => {
    await keep("once");
    await keep(undefined);
    await expect(keep("again")).resolves.toMatchObject({ outcome: "opened" });
    expect(github.issues).toHaveLength(2);
  });

  it("is never a pull request, nor somebody else's", async () => {
    Object.assign(github.add("issues", marked("drift", "a pull request")), { pull_request: {} });
    github.add("issues", marked("drift", "somebody's"), "mallory");
    await expect(keep(undefined)).resolves.toEqual({ outcome: "none" });
    expect(github.issues.map(({ state }) => state)).toEqual(["open", "open"]);
  });

  it("says which permission is missing", async () => {
    github.preparedResponses.push({ status: 403, message: "Resource not accessible by integration" });
    await expect(keep("drift")).rejects.toThrow("`issues: write`");
  });
});
