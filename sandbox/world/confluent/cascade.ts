import type { ConfluentCloud } from "./cloud";

/** Role bindings end with what they are on. */
export function deleteBindingsInside(cloud: ConfluentCloud, crn: string): void {
  cloud.roleBindings.deleteWhere(
    ({ crnPattern }) => crnPattern === crn || crnPattern.startsWith(`${crn}/`),
  );
}
