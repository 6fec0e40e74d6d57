import { setTimeout as sleep } from "node:timers/promises";

import { Clock, timestamp, type ClockState } from "./clock";
import { ConfluentCloud, type CloudState } from "./confluent/cloud";
import { settle } from "./confluent/settle";
import { dispatch, failed } from "./dispatcher";
import { Faults, type FaultRule } from "./faults";
import { inventory, type InventoryItem } from "./inventory";
import type { Journal } from "./journal";
import { writes, type Operation, type TerraformRequest, type TerraformResponse } from "./protocol";
import { redact } from "./redaction";
import type { SnapshotFile } from "./snapshot-file";
import { isObject, text, textMap, type Json } from "./values";

/** Attributes by which a person knows an object; a fault rule may name any of them. */
const naming = [
  "display_name",
  "topic_name",
  "subject_name",
  "statement_name",
  "crn_pattern",
  "id",
];

const SNAPSHOT_VERSION = 2;

/** The world as a file. */
interface Snapshot {
  readonly version: number;
  readonly seed: string;
  readonly clock: ClockState;
  readonly confluent: CloudState;
}

export interface WorldProps {
  /** Decides every id: two worlds with one seed that are asked the same answer the same. */
  readonly seed: string;
  readonly journal: Journal;
  /** Where the world is kept between two lives. @default - nowhere */
  readonly snapshotFile?: SnapshotFile;
}

/** What stands in for the vendors behind the stand-in providers. */
export class World {
  readonly faults = new Faults();
  private readonly clock: Clock;
  private readonly confluent: ConfluentCloud;

  /** @throws Error when the snapshot is of another seed or version */
  constructor(private readonly props: WorldProps) {
    const snapshot = savedSnapshot(props);
    this.clock = new Clock(snapshot?.clock);
    this.confluent = new ConfluentCloud(props.seed, this.clock, snapshot?.confluent);
  }

  /** Answers a call, with the fault that is due, and records it. */
  async call(operation: Operation, request: TerraformRequest): Promise<TerraformResponse> {
    const fault = this.faults.take(operation, request.type, namesOf(request));
    if (fault?.mode === "delay") {
      await sleep(fault.milliseconds);
    }
    const began = performance.now();
    const response = this.answer(operation, request, fault);
    this.record({ operation, request, response, fault, milliseconds: performance.now() - began });
    return response;
  }

  /** What a clock on the wall shows to someone who has waited for every call, in RFC 3339. */
  get time(): string {
    return timestamp(this.clock.afterWaits);
  }

  /**
   * Ends the waits of all calls so far, and lets more time pass after them.
   *
   * @returns the world's time afterwards, in RFC 3339
   */
  advanceClock(seconds: number): string {
    this.clock.advance(seconds);
    this.commit();
    return this.time;
  }

  inventory(): readonly InventoryItem[] {
    return inventory(this.confluent);
  }

  private answer(
    operation: Operation,
    request: TerraformRequest,
    fault: FaultRule | undefined,
  ): TerraformResponse {
    if (fault?.mode === "refuse") {
      return failed(fault.message ?? "the sandbox was told to refuse this call");
    }
    const response = dispatch(this.confluent, operation, request);
    if (writes.has(operation)) {
      this.commit();
    }
    switch (fault?.mode) {
      case "answer-lost":
        return failed(fault.message ?? "the sandbox was told to lose the answer to this call");
      case "fail-after":
        return failed(fault.message ?? "the sandbox was told to fail after this call", {
          state: response.state,
        });
      default:
        return response;
    }
  }

  /** Before the answer goes out, so that what Terraform was told is never forgotten. */
  private commit(): void {
    settle(this.confluent);
    const { seed, snapshotFile } = this.props;
    const snapshot: Snapshot = {
      version: SNAPSHOT_VERSION,
      seed,
      clock: this.clock.toJSON(),
      confluent: this.confluent.toJSON(),
    };
    snapshotFile?.save(snapshot);
  }

  private record({ operation, request, response, fault, milliseconds }: CallRecord): void {
    const secrets = this.confluent.apiKeys.all().map(({ secret }) => secret);
    const { diagnostics } = response;
    const entry = {
      at: new Date().toISOString(),
      operation,
      type: request.type,
      name: namesOf(request)[0] ?? "",
      outcome: diagnostics.some(({ severity }) => severity === "error") ? "error" : "ok",
      milliseconds: Math.round(milliseconds * 100) / 100,
      ...(fault !== undefined && { fault: fault.mode }),
      request,
      response,
    };
    // Through JSON and back: what is written is exactly what could have been sent.
    const redacted = redact(JSON.parse(JSON.stringify(entry)) as Json, secrets);
    this.props.journal.append(isObject(redacted) ? redacted : {});
  }
}

interface CallRecord {
  readonly operation: Operation;
  readonly request: TerraformRequest;
  readonly response: TerraformResponse;
  readonly fault: FaultRule | undefined;
  readonly milliseconds: number;
}

function namesOf({ planned, prior, state, config, id }: TerraformRequest): readonly string[] {
  const object = planned ?? prior ?? state ?? config ?? {};
  const names = [
    ...naming.map((name) => text(object, name)),
    textMap(object, "config_nonsensitive")["name"] ?? "",
    text(prior ?? {}, "id"),
    id ?? "",
  ];
  return names.filter((name) => name !== "");
}

function savedSnapshot({ seed, snapshotFile }: WorldProps): Snapshot | undefined {
  const saved = snapshotFile?.load();
  if (saved === undefined) {
    return undefined;
  }
  // Only this class writes the file, and the version says with which shape.
  const snapshot = saved as Snapshot;
  if (snapshot.version !== SNAPSHOT_VERSION || snapshot.seed !== seed) {
    throw new Error(
      `the snapshot has version ${snapshot.version} and seed ${JSON.stringify(snapshot.seed)}, ` +
        `expected version ${SNAPSHOT_VERSION} and seed ${JSON.stringify(seed)}: use that seed or remove the file`,
    );
  }
  return snapshot;
}
