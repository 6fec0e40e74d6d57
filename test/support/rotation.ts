import type { Construct } from "constructs";

import { Duration } from "../../constructs/core/duration";
import { KeyRotation } from "../../constructs/core/key-rotation";
import { TestMemory } from "./memory";

/** The newest generation, as a reference to a rotation of {@link testRotation} without its braces. */
export const NEWEST = "local.Rotation_Living[0]";

/** A rotation of two generations that is remembered after nothing. */
export function testRotation(scope: Construct): KeyRotation {
  const rotation = new KeyRotation(scope, "Rotation", {
    memory: new TestMemory(),
    period: Duration.days(30),
    keep: 2,
  });
  rotation.remember([]);
  return rotation;
}
