import { loadConfig } from "@studio-access/config";

import { buildApp } from "./app";
import { quickenSynth } from "./quick-synth";

quickenSynth();
buildApp(loadConfig()).synth();
