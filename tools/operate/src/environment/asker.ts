import { createInterface } from "node:readline";

/**
 * Asks the user at the terminal; undefined without a terminal. Ctrl-C and Ctrl-D count as an empty answer, and so does an
 * aborted signal.
 */
export function asker(signal: AbortSignal): ((question: string) => Promise<string>) | undefined {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const close = (): void => {
      terminal.close();
    };
    signal.addEventListener("abort", close, { once: true });
    return new Promise((resolve) => {
      terminal.once("close", () => {
        signal.removeEventListener("abort", close);
        resolve("");
      });
      terminal.question(question, (answer) => {
        resolve(answer);
        terminal.close();
      });
    });
  };
}
