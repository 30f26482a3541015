import { buildApp } from "./app";
import { loadConfig } from "@studio-access/config";

buildApp(loadConfig()).synth();
