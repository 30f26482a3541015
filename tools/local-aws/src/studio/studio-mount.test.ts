import type { Reach } from "@studio-access/network";
import type { Reply } from "../server/call";
import type { PresignedUrlRecord } from "../server/data-plane";
import { createStudioMount, type MayUse } from "./studio-mount";
import { UrlRegistry } from "./url-registry";

const endpoint = { vpcEndpointId: "vpce-studio", vpcId: "vpc-hub", sourceIp: "10.1.1.7" };
const START = Date.parse("2026-04-09T12:00:00Z");

const record: PresignedUrlRecord = {
  token: "example-token",
  account: "222222222222",
  region: "eu-west-1",
  domainId: "d-abc",
  userProfileName: "alice",
  expiresAt: new Date(START + 20_000),
  sessionSeconds: 3600,
  landingUri: undefined,
  spaceName: undefined,
  accessKeyId: undefined,
  endpoint: undefined,
};

interface Studio {
  readonly clock: { now: number };
  /** What the network says from now on. */
  readonly way: { reach: Reach };
  readonly mayUse: { answer: boolean };
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

function openStudio(): Studio {
  const clock = { now: START };
  const way: { reach: Reach } = { reach: { reached: true, endpoint, hops: [] } };
  const mayUse = { answer: true };
  const ask: MayUse = (asked, cameThrough) =>
    Promise.resolve({ allowed: mayUse.answer && asked === record && cameThrough !== undefined });
  const registry = new UrlRegistry(() => clock.now);
  registry.issued(record);
  const mount = createStudioMount({
    registry,
    network: {
      sourceOf: () => Promise.resolve({ kind: "internet" }),
      reach: () => Promise.resolve(way.reach),
    },
    mayUse: ask,
    clock: () => clock.now,
  });
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    mount.handle({ method: "GET", url: new URL(path, "http://localhost"), headers, body: Buffer.alloc(0) });
  return { clock, way, mayUse, get };
}

const URL_PATH = "/studio/d-abc/auth?token=example-token";

function cookieOf({ headers }: Reply): string {
  return headers["set-cookie"]?.split(";")[0] ?? "";
}

describe("a presigned Studio URL", () => {
  it("opens, shows domain and user profile, and starts a session of the requested length", async () => {
    const reply = await openStudio().get(URL_PATH);
    expect(reply.status).toBe(200);
    expect(reply.body.toString()).toContain(
      '<code id="domain">d-abc</code>, user profile <code id="profile">alice</code>',
    );
    expect(reply.headers["set-cookie"]).toMatch(
      /; Path=\/studio\/d-abc\/; Max-Age=3600; HttpOnly; SameSite=Lax$/,
    );
    expect(reply.headers["cache-control"]).toBe("no-store");
  });

  it("opens at the domain's own host, with a cookie for every path", async () => {
    const reply = await openStudio().get("/auth?token=example-token", {
      host: "d-abc.studio.eu-west-1.sagemaker.aws",
    });
    expect([reply.status, reply.headers["set-cookie"]?.includes("Path=/;")]).toEqual([200, true]);
  });

  it("redirects to the sign-in page once it has expired", async () => {
    const studio = openStudio();
    studio.clock.now += 19_999;
    expect((await studio.get(URL_PATH)).status).toBe(200);
    studio.clock.now += 1;
    const { status, headers } = await studio.get(URL_PATH);
    expect([status, headers["location"]]).toEqual([302, "https://eu-west-1.signin.aws.amazon.com/"]);
  });

  it.each([
    "/studio/d-abc/auth?token=other",
    "/studio/d-abc/auth",
    "/studio/d-other/auth?token=example-token",
  ])("does not open %s", async (path) => {
    expect((await openStudio().get(path)).status).toBe(403);
  });

  it("is refused with AWS's message on the wrong network", async () => {
    const studio = openStudio();
    studio.way.reach = { reached: true, endpoint: undefined, hops: [] };
    const reply = await studio.get(URL_PATH);
    expect(reply.status).toBe(403);
    expect(reply.body.toString()).toContain("Auth token containing insufficient permissions");
  });

  it("is refused when the policies of the role that created it deny this endpoint", async () => {
    const studio = openStudio();
    studio.mayUse.answer = false;
    expect((await studio.get(URL_PATH)).status).toBe(403);
  });

  it("does not open where the network has no route, and the reply names the hop", async () => {
    const studio = openStudio();
    studio.way.reach = { reached: false, kind: "no_way", hop: "vpc-x", reason: "vpc-x has no way there" };
    const reply = await studio.get(URL_PATH);
    expect([reply.status, reply.body.toString()]).toEqual([
      504,
      expect.stringContaining("vpc-x has no way there"),
    ]);
  });
});

describe("a Studio session", () => {
  it("continues with its cookie alone until it expires", async () => {
    const studio = openStudio();
    const cookie = cookieOf(await studio.get(URL_PATH));
    studio.clock.now += 3_599_999;
    expect((await studio.get("/studio/d-abc/", { cookie: `a=b; ${cookie}` })).status).toBe(200);
    studio.clock.now += 1;
    expect((await studio.get("/studio/d-abc/", { cookie })).status).toBe(302);
  });

  it("is authorized again on every request", async () => {
    const studio = openStudio();
    const cookie = cookieOf(await studio.get(URL_PATH));
    studio.way.reach = { reached: true, endpoint: undefined, hops: [] };
    expect((await studio.get("/studio/d-abc/", { cookie })).status).toBe(403);
  });

  it("belongs to one domain", async () => {
    const studio = openStudio();
    const cookie = cookieOf(await studio.get(URL_PATH));
    const reply = await studio.get("/", { cookie, host: "d-other.studio.eu-west-1.sagemaker.aws" });
    expect(reply.status).toBe(302);
  });
});
