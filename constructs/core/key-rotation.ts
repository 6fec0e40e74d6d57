import {
  ref,
  TerraformIterator,
  TerraformLocal,
  TerraformVariable,
  Token,
  type ITerraformDependable,
  type ListTerraformIterator,
} from "cdktf";
import { Construct } from "constructs";

import type { Duration } from "./duration";
import type { PlanMemory } from "./plan-memory";
import { validate } from "./validation";

const MILLISECONDS_PER_HOUR = 3_600_000;

export interface KeyRotationProps {
  /** Keeps the generation and the time of the last rotation. */
  readonly memory: PlanMemory;

  /** Time between two rotations, in whole hours. */
  readonly period: Duration;

  /**
   * Keys that live at a time, at least two: the newest is for who reads the secret now, the others for who has read it
   * before. A key dies `keep` periods after it was made.
   */
  readonly keep: number;
}

/**
 * When keys are replaced, and which generations of them live. A plan asks only whether a period has passed since the
 * last rotation that an apply remembered. However late it runs, one rotation makes one generation and ends the oldest;
 * one that failed was not remembered, so the next plan proposes it again.
 *
 * Two obvious ways are not taken. `timestamp()` is unknown at plan and rotates at each apply; `replace_triggered_by`
 * stores its new cause even when the new key is refused, and proposes nothing again.
 */
export class KeyRotation extends Construct {
  /** The living generations: what a key's resource is repeated for. */
  readonly generations: ListTerraformIterator;

  /** The newest generation as a key of {@link generations}: the one to hand out. */
  readonly newest: string;

  private readonly generation: string;
  private readonly at: string;
  private isRemembered = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KeyRotationProps,
  ) {
    super(scope, id);
    const { memory, period, keep } = props;
    const hours = period.toMilliseconds() / MILLISECONDS_PER_HOUR;
    validate(this, [
      [
        !Number.isInteger(hours) || hours < 1,
        `period must be a whole number of hours, at least one, got ${period.toString()}`,
      ],
      [
        !Number.isInteger(keep) || keep < 2,
        `keep must be a whole number of at least 2, so that the key before the newest still works, got ${keep}`,
      ],
    ]);

    this.node.addValidation({
      validate: () =>
        this.isRemembered
          ? []
          : [
              "remember() must be called: a rotation that nobody remembers happens at every deployment",
            ],
    });

    const now = this.local("Now", memory.now);
    const lastGeneration = this.local("LastGeneration", memory.recall("generation"));
    const lastAt = this.local("LastAt", memory.recall("at"));
    // A conditional and not `&&`, which looks at both sides: before the first rotation there is no time to add to.
    const due = this.local(
      "Due",
      `\${${lastAt} == null ? false : timecmp(${now}, timeadd(${lastAt}, "${hours}h")) >= 0 || ${this.rotateNow()}}`,
    );
    this.generation = this.local(
      "Generation",
      `\${${lastGeneration} == null ? ${keep} : ${lastGeneration} + (${due} ? 1 : 0)}`,
    );
    this.at = this.local("At", `\${${lastAt} == null || ${due} ? ${now} : ${lastAt}}`);
    const living = this.local(
      "Living",
      `\${[for age in range(${keep}) : tostring(${this.generation} - age)]}`,
    );
    this.generations = TerraformIterator.fromList(Token.asList(ref(living)));
    this.newest = Token.asString(ref(`${living}[0]`));
  }

  /**
   * Remembers this rotation. Called once.
   *
   * @param published what must have happened first: nobody has the new keys until their secrets are written
   */
  remember(published: readonly ITerraformDependable[]): void {
    this.isRemembered = true;
    this.props.memory.remember({ generation: ref(this.generation), at: ref(this.at) }, published);
  }

  private local(id: string, expression: string): string {
    return `local.${new TerraformLocal(this, id, expression).friendlyUniqueId}`;
  }

  private rotateNow(): string {
    const variable = new TerraformVariable(this, "RotateNow", {
      type: "bool",
      default: false,
      nullable: false,
      description: "Whether to rotate the keys before their time, in this plan only.",
    });
    variable.overrideLogicalId("rotate_now");
    return "var.rotate_now";
  }
}
