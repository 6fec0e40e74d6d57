import type { DeliveryContext } from "./context";
import type { SynthesizedStack } from "./manifest";
import { addressList, resourcesInState } from "./state";
import { UserError } from "./user-error";

/**
 * Refuses to destroy stacks that another one still needs: without the upstream's outputs, secrets and permissions the
 * resources of a dependant could neither be changed nor destroyed any more.
 *
 * What counts is the dependant's state, whatever its backend, and not what was deployed from this machine.
 * @throws UserError that names the dependants and the command to run first.
 */
export async function refuseIfNeeded(
  context: DeliveryContext,
  doomed: readonly SynthesizedStack[],
): Promise<void> {
  const survivors = context.manifest.stacks.filter((stack) => !doomed.includes(stack));
  const holding: SynthesizedStack[] = [];
  const reasons: string[] = [];
  for (const dependant of survivors) {
    const needed = doomed.filter(({ name }) => dependant.dependencies.includes(name));
    const resources = needed.length > 0 ? await resourcesInState(context, dependant) : [];
    if (resources.length === 0) continue;
    const names = needed.map(({ shortName }) => shortName).join(", ");
    holding.push(dependant);
    reasons.push(
      `  ${dependant.shortName} needs ${names} and still holds ${addressList(resources)}`,
    );
  }
  if (reasons.length === 0) return;
  const first = holding.map(({ shortName }) => shortName).join(" ");
  throw new UserError(
    [
      `refusing to destroy ${doomed.map(({ shortName }) => shortName).join(", ")}:`,
      ...reasons,
      `run \`destroy ${first}\` first, or name all of them in one command`,
    ].join("\n"),
  );
}
