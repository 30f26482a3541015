import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DownloadFailed, downloadFile, downloadText, shownUrl } from "./download";
import { type ReleaseServer, startReleaseServer } from "../testing/release-server";
import { useTemporaryFolder } from "../testing/temporary-folder";

const folder = useTemporaryFolder();
const OPTIONS = { timeoutMs: 5_000 };
const HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

let server: ReleaseServer;

beforeEach(async () => {
  server = await startReleaseServer(Buffer.from("hello"), "file.zip");
});

afterEach(() => server.close());

function withCredentials(url: string): URL {
  return Object.assign(new URL(url), { username: "reader", password: "p%40ss" });
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DownloadFailed);
  return (error as DownloadFailed).message;
}

describe("a download", () => {
  it("writes the file and returns its SHA-256", async () => {
    const file = join(folder(), "file");
    expect(await downloadFile(new URL(`${server.url}/file.zip`), file, OPTIONS)).toBe(HELLO_SHA256);
    expect(await readFile(file, "utf8")).toBe("hello");
  });

  it("sends the user and password of a URL as a header", async () => {
    await downloadFile(withCredentials(`${server.url}/file.zip`), join(folder(), "file"), OPTIONS);
    expect(server.requests).toEqual([
      { path: "/file.zip", authorization: `Basic ${Buffer.from("reader:p@ss").toString("base64")}` },
    ]);
  });

  it("leaves the user, the password and the query out of error messages", async () => {
    const message = await failure(downloadText(withCredentials(`${server.url}/absent?key=value`), OPTIONS));
    expect(message).toBe(`${server.url}/absent answered 404`);
  });

  it.each(["http://releases.example.com/", "ftp://127.0.0.1/", "http://127.0.0.1.example.com/"])(
    "refuses %s, which is neither https nor loopback",
    async (url) => {
      expect(await failure(downloadText(new URL(url), OPTIONS))).toContain("is not an https address");
    },
  );

  it("gives up after its timeout", async () => {
    server.deliver("stuck");
    const download = downloadFile(new URL(`${server.url}/file.zip`), join(folder(), "file"), {
      timeoutMs: 200,
    });
    expect(await failure(download)).toContain("took longer than 0.2 s");
  });

  it("says why a server cannot be reached", async () => {
    await server.close();
    expect(await failure(downloadText(new URL(server.url), OPTIONS))).toContain("ECONNREFUSED");
    server = await startReleaseServer(Buffer.from(""), "file.zip");
  });

  it("rejects with the reason of a signal", async () => {
    server.deliver("stuck");
    const stop = new AbortController();
    const download = downloadText(new URL(`${server.url}/file.zip`), { ...OPTIONS, signal: stop.signal });
    await server.stuck;
    stop.abort(new Error("enough"));
    await expect(download).rejects.toThrow("enough");
  });
});

describe("the shown form of a URL", () => {
  it("has no user, password or query", () => {
    expect(shownUrl(withCredentials("https://mirror.example.com:8443/a/b?key=value#part"))).toBe(
      "https://mirror.example.com:8443/a/b",
    );
  });
});
