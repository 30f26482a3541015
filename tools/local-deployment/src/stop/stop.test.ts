import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { claimCheckout, type Instance } from "../instance";
import { stopInstance } from "./stop";

let root: string;
const claims: Instance[] = [];

async function up(name: string): Promise<void> {
  claims.push(await claimCheckout(root, name));
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "stop-"));
});

afterEach(async () => {
  await Promise.all(claims.splice(0).map(async (claim) => claim.release()));
  await rm(root, { recursive: true });
});

describe("stopping a local deployment", () => {
  it("interrupts it, and waits until it has released the checkout", async () => {
    await up("one");
    const interrupted: number[] = [];
    const interrupt = (pid: number): void => {
      interrupted.push(pid);
      void claims.splice(0)[0]?.release();
    };
    await expect(stopInstance(root, undefined, interrupt)).resolves.toMatchObject({ name: "one" });
    expect(interrupted).toEqual([process.pid]);
  });

  it("says that none is up", async () => {
    await expect(stopInstance(root)).rejects.toThrow("No local deployment of this checkout is up.");
  });

  it("says which ones are up when the named one is not, or when none was named", async () => {
    await up("one");
    await up("two");
    await expect(stopInstance(root, "three")).rejects.toThrow(
      "No local deployment three is up; up are: one, two.",
    );
    await expect(stopInstance(root)).rejects.toThrow(
      "Several are up: one, two. Say which one with --name NAME.",
    );
  });
});
