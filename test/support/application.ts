import { createApplication } from "../../application";
import type { EnvironmentConfig } from "../../config/environment-config";
import { newApp, synthApp, type SynthesizedApp } from "./synth";

/** The whole application in one environment, as `main.ts` makes it. */
export function application(environment: EnvironmentConfig): SynthesizedApp {
  return synthApp(createApplication(environment, newApp()));
}
