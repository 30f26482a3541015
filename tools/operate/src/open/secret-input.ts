import { createInterface } from "node:readline";
import { Writable, type Readable } from "node:stream";

import { OpenFailed } from "./failure";

/** Longest secret that is read, in characters; an access token with many groups has some thousands. */
const LIMIT = 32_768;

/** Reads a secret of one line to the end of the stream. @throws {OpenFailed} */
export async function readSecret(stream: AsyncIterable<Buffer | string>, what: string): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += chunk.toString();
    if (text.length > LIMIT) throw new OpenFailed(`stdin holds more than one ${what}.`);
  }
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") throw new OpenFailed(`stdin holds no ${what}.`);
  if (/[\r\n]/.test(secret)) throw new OpenFailed(`stdin holds more than one line; give the ${what} alone.`);
  return secret;
}

/** Asks on a terminal without showing the typed text. @throws {OpenFailed} on Ctrl-C and at the end of input */
export async function promptSecret(
  question: string,
  { input, output }: { readonly input: Readable; readonly output: Writable },
): Promise<string> {
  // Readline echoes to its output, which discards it; `terminal: true` turns the real terminal's echo off.
  const muted = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: muted, terminal: true, historySize: 0 });
  output.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      const interrupt = (): void => {
        reject(new OpenFailed("Interrupted."));
      };
      lines.once("line", resolve);
      lines.once("SIGINT", interrupt);
      lines.once("close", interrupt);
    });
  } finally {
    lines.close();
    output.write("\n");
  }
}
