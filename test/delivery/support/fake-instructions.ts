import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a fake Terraform command does, in this order. Nothing given: it succeeds at once. */
export interface TerraformScript {
  /** Goes to the standard output. */
  readonly print?: string;
  /** Goes to the standard error. */
  readonly printError?: string;
  /** Starts a process in its own group that minds no stop signal, as a provider does not. */
  readonly provider?: true;
  /** Works until somebody asks it to stop. */
  readonly untilStopped?: true;
  /**
   * What a stop signal does. Terraform's way is to save the state and fail; at a second signal it gives up at once.
   * @default "saves"
   */
  readonly onStop?: "saves" | "ignores";
  /** How long saving the state takes. @default 100 */
  readonly saveMilliseconds?: number;
  /** Ends itself with a signal. */
  readonly killedBy?: NodeJS.Signals;
  /** @default 0 */
  readonly exit?: number;
}

/** What a fake cdktf does. */
export interface CdktfScript {
  /** The Terraform commands it runs. @default `init`, then `apply` or `destroy` */
  readonly terraform?: readonly string[];
  /** Waits after this Terraform command until the test lets it go on. */
  readonly pauseAfter?: string;
  /** What it ends with, whatever becomes of Terraform. @default 1 when Terraform fails, else 0 */
  readonly exit?: number;
}

/** What the fake programs of a test do. */
export interface Instructions {
  /** By command (`apply`), or by stack and command (`streams apply`), which goes first. */
  readonly terraform?: Readonly<Record<string, TerraformScript>>;
  /** By stack. */
  readonly cdktf?: Readonly<Record<string, CdktfScript>>;
}

/** A call of a fake program. */
export interface FakeCall {
  readonly program: "terraform" | "cdktf";
  readonly pid: number;
  readonly directory: string;
  readonly arguments: readonly string[];
}

/** The environment variable with the test's directory; it also marks all processes of the test. */
export const FAKES_VARIABLE = "DELIVERY_TEST";

/** The files through which a test and the fake programs talk. */
export function fakeFiles(directory: string): {
  readonly instructions: string;
  readonly journal: string;
  readonly calls: string;
  readonly resume: string;
} {
  return {
    instructions: join(directory, "instructions.json"),
    journal: join(directory, "journal"),
    calls: join(directory, "calls.ndjson"),
    resume: join(directory, "resume"),
  };
}

const files = fakeFiles(process.env[FAKES_VARIABLE] ?? "");

/** Used by the fake programs: what they are to do. */
export function readInstructions(): Instructions {
  if (!existsSync(files.instructions)) return {};
  return JSON.parse(readFileSync(files.instructions, "utf8")) as Instructions;
}

/** Used by the fake programs: notes an event. */
export function note(event: string): void {
  appendFileSync(files.journal, `${event}\n`);
}

/** Used by the fake programs: notes how they were called. */
export function noteCall(program: FakeCall["program"]): void {
  const call: FakeCall = {
    program,
    pid: process.pid,
    directory: process.cwd(),
    arguments: process.argv.slice(2),
  };
  appendFileSync(files.calls, `${JSON.stringify(call)}\n`);
}

/** Used by the fake programs: whether the test lets a paused one go on. */
export function mayResume(): boolean {
  return existsSync(files.resume);
}
