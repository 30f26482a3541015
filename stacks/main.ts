import { ConfigError, loadConfig, type Config } from "@studio-access/config";

import { buildApp } from "./app";
import { quickenSynth } from "./quick-synth";

/** The config; its problems end the program, without the stack trace that Node would print. */
function validConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const config = validConfig();
quickenSynth();
buildApp(config).synth();
