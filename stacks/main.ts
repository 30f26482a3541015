import { buildApp } from "./app";
import { loadConfig } from "./config/load";

buildApp(loadConfig()).synth();
