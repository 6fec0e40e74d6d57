import type { Step, Task } from "../console/steps";
import { startServices } from "../services/services";
import type { RunState } from "./run-state";

/** Synthesizes, installs and starts what a run needs. */
export class Preparation {
  constructor(private readonly state: RunState) {}

  get tasks(): readonly Task[] {
    return [
      { title: "Prepare", concurrent: true, steps: () => this.steps() },
      { title: "Start the world and moto", run: () => this.start() },
    ];
  }

  private steps(): readonly Step[] {
    const { workspace, python, imagePackages } = this.state;
    const plugin: Step = {
      title: "Install the Table API plugin",
      run: async (progress) => {
        imagePackages.provide(await workspace.prepareImagePackages(progress));
        return "";
      },
    };
    return [
      { title: "Synthesize the stacks", run: () => this.synthesize() },
      {
        title: "Install Python packages",
        run: async (progress) => {
          python.provide(await workspace.preparePython(progress));
          return "";
        },
      },
      ...(workspace.engine === "table-api" ? [plugin] : []),
    ];
  }

  private async synthesize(): Promise<string> {
    const { workspace, manifest } = this.state;
    const { stacks } = manifest.provide(
      await workspace.synthesize(workspace.directory.project, "synth"),
    );
    return `${stacks.length} stacks`;
  }

  private async start(): Promise<string> {
    const { state } = this;
    const { run, nonce, interruption } = state.workspace;
    interruption.throwIfRequested("the start of the world");
    const packages = state.imagePackages.isGiven ? state.imagePackages.value : undefined;
    const services = state.services.provide(
      await startServices(run, nonce, state.python.value, packages),
    );
    const now = await state.world.now();
    state.context.provide(state.workspace.deliveryContext(state.manifest.value, services, now));
    return "";
  }
}
