/** What a step says while it runs. */
export interface Progress {
  /** Shows one line of what is going on; the next one replaces it. */
  note(line: string): void;
}

/** A piece of work in the task list. */
export interface Step {
  readonly title: string;
  /** Does it. What it returns, a short result or nothing, is shown after the title. */
  readonly run: (progress: Progress) => Promise<string>;
}

/** Steps under a common title. */
export interface StepGroup {
  readonly title: string;
  /** The steps, asked for when the group's turn has come. */
  readonly steps: () => readonly Step[];
  /** Whether they run side by side. @default false - one after the other */
  readonly concurrent?: boolean;
}

/** An entry of the task list. */
export type Task = Step | StepGroup;

/** A value that one step provides and later ones use. */
export class Provided<T> {
  private given: { readonly value: T } | undefined;

  constructor(private readonly name: string) {}

  /** Whether its step has run. */
  get isGiven(): boolean {
    return this.given !== undefined;
  }

  /** @throws Error when the step that provides it has not run: a defect in the order of steps */
  get value(): T {
    if (!this.given) throw new Error(`no step has provided ${this.name}`);
    return this.given.value;
  }

  /** Provides it, or replaces it. */
  provide(value: T): T {
    this.given = { value };
    return value;
  }
}
