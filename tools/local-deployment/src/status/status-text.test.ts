import type { Health } from "../page/landing-page";
import { statusText, type InstanceStatus } from "./status-text";

const HEALTH: Health = {
  status: "up",
  environment: "local",
  region: "eu-west-1",
  endpoint: "http://127.0.0.1:4566",
  deployed: ["networking", "access"],
  missing: [],
};

const UP: InstanceStatus = {
  name: "local",
  pid: 1001,
  since: "2026-01-01T00:00:00.000Z",
  endpoint: "http://127.0.0.1:4566",
  health: HEALTH,
};

describe("./studio status", () => {
  it("says of each deployment where it is, since when, with which stacks, and which process it is", () => {
    expect(statusText([UP, { ...UP, name: "three", pid: 1002 }])).toBe(
      ["local", "three"]
        .map((name, index) =>
          [
            `${name}: up`,
            "  at        http://127.0.0.1:4566 (open it in a browser)",
            "  since     2026-01-01T00:00:00.000Z",
            "  deployed  networking access",
            `  process   ${1001 + index}`,
          ].join("\n"),
        )
        .join("\n\n"),
    );
  });

  it("says where the portal opens", () => {
    const portal = "http://abc.execute-api.eu-west-1.amazonaws.com.on-premise.localhost:4566/studio";
    expect(statusText([{ ...UP, health: { ...HEALTH, portal } }])).toContain(`\n  open      ${portal}\n`);
  });

  it("says that one is being started", () => {
    const { name, pid, since } = UP;
    expect(statusText([{ name, pid, since, health: undefined }])).toBe(
      "local: being started\n  since     2026-01-01T00:00:00.000Z\n  process   1001",
    );
  });

  it("says which stacks of one are not there yet", () => {
    const health: Health = { ...HEALTH, status: "deploying", deployed: [], missing: ["networking"] };
    expect(statusText([{ ...UP, health }])).toMatch(
      /^local: being deployed\n[^]*\n {2}deployed\n {2}missing {3}networking\n/,
    );
  });

  it("says that one does not answer", () => {
    expect(statusText([{ ...UP, health: undefined }])).toMatch(/^local: does not answer\n/);
  });
});
