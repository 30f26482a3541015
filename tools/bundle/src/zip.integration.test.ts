import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { zipOf } from "./zip";

const files = { "b.txt": Buffer.from("second"), "a.txt": Buffer.from("first") };

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Zips the same files in a separate process with another time zone. */
async function zipIn(timeZone: string): Promise<string> {
  const script = [
    `import { createHash } from "node:crypto";`,
    `import zip from ${JSON.stringify(join(__dirname, "zip.ts"))};`,
    `const files = { "b.txt": Buffer.from("second"), "a.txt": Buffer.from("first") };`,
    `console.log(new Date(0).getHours(), createHash("sha256").update(await zip.zipOf(files)).digest("hex"));`,
  ].join("\n");
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: __dirname,
    env: { ...process.env, TZ: timeZone },
  });
  return stdout.trim();
}

describe("zipOf", () => {
  it("gives the same bytes for the same files in any order", async () => {
    const reversed = { "a.txt": files["a.txt"], "b.txt": files["b.txt"] };
    expect(await zipOf(reversed)).toEqual(await zipOf(files));
  });

  it("gives other bytes for other contents and for other names", async () => {
    const zip = await zipOf(files);
    expect(await zipOf({ ...files, "a.txt": Buffer.from("other") })).not.toEqual(zip);
    expect(await zipOf({ "c.txt": files["b.txt"], "a.txt": files["a.txt"] })).not.toEqual(zip);
  });

  it("gives the same bytes in every time zone", async () => {
    const expected = sha256(await zipOf(files));
    // The hours show that the time zones took effect.
    expect(await Promise.all([zipIn("Pacific/Auckland"), zipIn("America/Los_Angeles")])).toEqual([
      `12 ${expected}`,
      `16 ${expected}`,
    ]);
  });

  it("sorts the names and stores the contents uncompressed", async () => {
    const text = (await zipOf(files)).toString("latin1");
    expect(text.indexOf("a.txt")).toBeLessThan(text.indexOf("b.txt"));
    expect(text).toContain("first");
  });

  it("gives every file the same time, which does not depend on a time zone", async () => {
    const zip = await zipOf({ "a.txt": files["a.txt"] });
    // Local file header: time at 10, date at 12, length of the extra field at 28.
    expect([zip.readUInt16LE(10), zip.readUInt16LE(12), zip.readUInt16LE(28)]).toEqual([
      12 << 11,
      (20 << 9) | (1 << 5) | 1,
      0,
    ]);
  });
});
