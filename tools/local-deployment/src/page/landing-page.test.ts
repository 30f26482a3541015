import type { Facts } from "./facts";
import { landingPage } from "./landing-page";

const FACTS: Facts = {
  endpoint: "http://127.0.0.1:4566",
  region: "eu-west-1",
  environment: "local",
  shell: ".studio-access/local/env.sh",
  accounts: [{ name: "lob-a", id: "222222222222" }],
  stacks: [
    { name: "access", isDeployed: true },
    { name: "lob-a", isDeployed: false },
  ],
  signIns: [{ user: "user-lob-a", lob: "<lob>", password: "Aa1.x" }],
  vantages: ["on-premise", "internet"],
  proofs: () => Promise.resolve(undefined),
};

function request(path: string, method = "GET"): Parameters<ReturnType<typeof landingPage>["handle"]>[0] {
  return { method, url: new URL(path, "http://localhost"), headers: {}, body: Buffer.from("") };
}

async function answer(path: string, facts: Partial<Facts> = {}): Promise<{ status: number; text: string }> {
  const { status, body } = await landingPage(() => Promise.resolve({ ...FACTS, ...facts })).handle(
    request(path),
  );
  return { status, text: body.toString() };
}

describe("the page of the local AWS", () => {
  it("has the place of no AWS service", () => {
    const page = landingPage(() => Promise.resolve(FACTS));
    const paths = ["/", "/_studio/health", "/_studio/proofs", "/execute-api/a/studio", "/bucket"];
    expect(paths.filter((path) => page.matches(request(path)))).toEqual(paths.slice(0, 3));
    expect(page.matches(request("/", "POST"))).toBe(false);
  });

  it("shows accounts, stacks, users and how to sign in, and lets no name write HTML", async () => {
    const { status, text } = await answer("/");
    expect(status).toBe(200);
    for (const shown of [
      "222222222222",
      "not deployed",
      "Aa1.x",
      "./studio token --user user-lob-a",
      "&lt;lob&gt;",
    ])
      expect(text).toContain(shown);
    expect(text).not.toContain("<lob>");
  });

  it("tells scripts how far the deploy is, without passwords", async () => {
    const { text } = await answer("/_studio/health");
    expect(JSON.parse(text)).toMatchObject({ status: "deploying", deployed: ["access"] });
    expect(text).not.toContain("Aa1.x");
    const all = FACTS.stacks.map(({ name }) => ({ name, isDeployed: true }));
    expect(JSON.parse((await answer("/_studio/health", { stacks: all })).text)).toMatchObject({
      status: "up",
    });
  });

  it("shows the proofs once there are some", async () => {
    await expect(answer("/_studio/proofs")).resolves.toMatchObject({ status: 404 });
    const proofs = (): Promise<string> => Promise.resolve("<p>proofs</p>");
    await expect(answer("/_studio/proofs", { proofs })).resolves.toEqual({
      status: 200,
      text: "<p>proofs</p>",
    });
  });
});
