import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AlreadyRunning, claimCheckout, runningInstances } from "./instance";

describe("a checkout", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "studio-access-claim-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it("allows one running deployment at a time, and says where it is", async () => {
    const first = await claimCheckout(root);
    await first.publish("http://127.0.0.1:4566");
    const second = claimCheckout(root);
    await expect(second).rejects.toThrow(AlreadyRunning);
    await expect(second).rejects.toThrow(`process ${process.pid}, http://127.0.0.1:4566`);
    await first.release();
  });

  it("tells which deployments are up", async () => {
    await expect(runningInstances(root)).resolves.toEqual([]);
    const first = await claimCheckout(root);
    const second = await claimCheckout(root, "second");
    await second.publish("http://127.0.0.1:4567");
    await expect(runningInstances(root)).resolves.toEqual([
      { name: "local", pid: process.pid, since: expect.stringMatching(/^\d{4}-/) as unknown },
      expect.objectContaining({ name: "second", endpoint: "http://127.0.0.1:4567" }),
    ]);
    await first.release();
    await expect(runningInstances(root)).resolves.toHaveLength(1);
    await second.release();
  });

  it("is free again after the deployment has stopped", async () => {
    await (await claimCheckout(root)).release();
    const again = await claimCheckout(root);
    await again.release();
  });
});
