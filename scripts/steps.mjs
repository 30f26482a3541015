import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers";

import { ROOT } from "./setup.mjs";

// Time for the programs that a test started to clean up.
const GRACE_MS = 20_000;

// Of jest and its workers. Tests make much that lives shortly; with the usual 16 MB it is collected and copied more often.
const MEMORY = "--max-semi-space-size=64";

// A third of the CPU time of a step that is not nice, while both could use all cores.
const NICE = 5;
const LEAST = 19;
// So the five seconds that jest gives a pure test may pass while it waits.
const NICE_TEST_MS = 20_000;

/**
 * The steps of a test run and their results. Each step is a command. Steps may run in parallel: the output of a step is
 * shown when it ends, or line by line if it is `live`. A step that is `nice` leaves the cores to those that are not.
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

  /** Runs a check that is no jest test; it counts as one test. */
  async check(name, command, args = [], { nice = false } = {}) {
    const code = await this.#run(name, command, args, { nice });
    this.#count(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }

  /** Runs the tests of a jest project. */
  async tests(project, { live = false, nice = false } = {}) {
    const file = join(this.#results, `${project}.json`);
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const args = [MEMORY, jest, "--ci", "--selectProjects", project, "--json", "--outputFile", file];
    if (nice) args.push("--testTimeout", String(NICE_TEST_MS));
    const code = await this.#run(`${project} tests`, process.execPath, args, { live, nice });
    const { passed, failed } = countsOf(file);
    // A run that ends before it writes its counts is a failure too, and so is a run without tests.
    const broken = failed === 0 && (code !== 0 || passed === 0);
    this.#count({ passed, failed: broken ? 1 : failed });
  }

  /** Prints the counts. @returns the exit code of the whole run */
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

  /** @returns the exit code; undefined when the command could not be started or was ended by a signal */
  async #run(name, command, args, { live = false, nice }) {
    if (this.#interrupted) return undefined;
    const began = Date.now();
    const output = new Output(live);
    if (live) console.log(`── ${name}`);
    const code = await this.#spawn(command, args, output, nice);
    const seconds = Math.round((Date.now() - began) / 1000);
    const rest = output.rest();
    const outcome = `${code === 0 ? "✔" : "✖"} ${name}, ${seconds} s`;
    console.log(live ? `${rest}${outcome}` : `── ${name}\n${rest}${outcome}`);
    return code;
  }

  #spawn(command, args, output, nice) {
    return new Promise((resolve) => {
      // A separate process group, so that one signal reaches all processes of the step.
      const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], detached: true });
      this.#children.add(child);
      if (nice) makeNice(child.pid);
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

/** Collects a command's output, or shows it in whole lines, so that the output of parallel steps stays readable. */
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

/** Before the command starts others, which inherit it. Without the right to do so, it only competes more. */
function makeNice(pid) {
  try {
    setPriority(pid, Math.min(getPriority() + NICE, LEAST));
    // Linux shares the cores among sessions first, and each step is one.
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(NICE));
  } catch {
    // It ended at once, or this kernel has no such groups.
  }
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has already ended.
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
