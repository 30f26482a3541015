import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers";

import { ROOT } from "./setup.mjs";

// Time for programs that a test started to clean up behind themselves.
const GRACE_MS = 20_000;

/**
 * The steps of a test run and what they found. Each step is a command. Steps may run beside each other: what a step
 * prints is shown when it ends, or line by line if it is `live`.
 */
export class Steps {
  passed = 0;
  failed = 0;
  #interrupted = false;
  #children = new Set();
  #results = mkdtempSync(join(tmpdir(), "studio-access-tests-"));

  constructor() {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => this.#interrupt());
  }

  /** A check that is no jest test counts as one. */
  async check(name, command, args = []) {
    const code = await this.#run(name, command, args);
    this.#count(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }

  /** The tests of a jest project. */
  async tests(project, { live = false } = {}) {
    const file = join(this.#results, `${project}.json`);
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const args = [jest, "--ci", "--selectProjects", project, "--json", "--outputFile", file];
    const code = await this.#run(`${project} tests`, process.execPath, args, live);
    const { passed, failed } = countsOf(file);
    // A run that breaks before it counts anything is a failure too, and so is one that runs no test.
    const broken = failed === 0 && (code !== 0 || passed === 0);
    this.#count({ passed, failed: broken ? 1 : failed });
  }

  /** Prints the outcome. @returns the exit code of the whole */
  end() {
    rmSync(this.#results, { recursive: true });
    if (this.#interrupted) this.failed += 1;
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 ? 0 : 1;
  }

  #count({ passed, failed }) {
    this.passed += passed;
    this.failed += failed;
  }

  /** @returns the exit code, undefined where the command could not be started or was ended */
  async #run(name, command, args, live = false) {
    if (this.#interrupted) return undefined;
    const began = Date.now();
    const output = new Output(live);
    if (live) console.log(`── ${name}`);
    const code = await this.#spawn(command, args, output);
    const seconds = Math.round((Date.now() - began) / 1000);
    const rest = output.rest();
    const outcome = `${code === 0 ? "✔" : "✖"} ${name}, ${seconds} s`;
    console.log(live ? `${rest}${outcome}` : `── ${name}\n${rest}${outcome}`);
    return code;
  }

  #spawn(command, args, output) {
    return new Promise((resolve) => {
      // A process group of its own, so that one signal reaches all that the step has started.
      const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], detached: true });
      this.#children.add(child);
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => output.add(text));
      }
      const done = (code) => {
        this.#children.delete(child);
        resolve(code ?? undefined);
      };
      child.on("error", (error) => {
        output.add(`${error.message}\n`);
        done(undefined);
      });
      child.on("close", done);
    });
  }

  #interrupt() {
    if (this.#interrupted) return;
    this.#interrupted = true;
    for (const { pid } of this.#children) endGroup(pid, "SIGTERM");
    setTimeout(() => {
      for (const { pid } of this.#children) endGroup(pid, "SIGKILL");
    }, GRACE_MS).unref();
  }
}

/** What a command prints: kept, or shown as far as it is whole lines, so that steps beside each other stay readable. */
class Output {
  #text = "";

  constructor(live) {
    this.live = live;
  }

  add(text) {
    this.#text += text;
    if (!this.live) return;
    const end = this.#text.lastIndexOf("\n") + 1;
    process.stdout.write(this.#text.slice(0, end));
    this.#text = this.#text.slice(end);
  }

  rest() {
    return this.#text === "" || this.#text.endsWith("\n") ? this.#text : `${this.#text}\n`;
  }
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function countsOf(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
