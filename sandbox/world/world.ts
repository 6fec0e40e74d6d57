import { setTimeout as sleep } from "node:timers/promises";

import { CallJournal } from "./call-journal";
import { Clock, timestamp, type ClockState } from "./clock";
import { ConfluentCloud, type CloudState } from "./confluent/cloud";
import { createCatalog, type CatalogAccess } from "./confluent/catalog";
import { parseCatalogRequest } from "./confluent/catalog-request";
import { endWaits } from "./confluent/flink/reads";
import { FlinkGateway } from "./confluent/flink-gateway/gateway";
import { settle } from "./confluent/settle";
import { dispatch, failed } from "./dispatcher";
import { Faults, type FaultRule } from "./faults";
import { inventory, type InventoryItem } from "./inventory";
import type { Journal } from "./journal";
import { writes, type Operation, type TerraformRequest, type TerraformResponse } from "./protocol";
import { namesOf } from "./request-names";
import type { SnapshotFile } from "./snapshot-file";
import type { Json } from "./values";

const SNAPSHOT_VERSION = 3;

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
  /** Flink's REST API. */
  readonly flink: FlinkGateway;
  private readonly clock: Clock;
  private readonly confluent: ConfluentCloud;
  private readonly calls: CallJournal;

  /** @throws Error when the snapshot is of another seed or version */
  constructor(private readonly props: WorldProps) {
    const snapshot = savedSnapshot(props);
    this.clock = new Clock(snapshot?.clock);
    this.confluent = new ConfluentCloud(props.seed, this.clock, snapshot?.confluent);
    this.calls = new CallJournal(props.journal, () =>
      this.confluent.apiKeys.all().map(({ secret }) => secret),
    );
    this.flink = new FlinkGateway({
      cloud: this.confluent,
      faults: this.faults,
      changed: () => {
        this.commit();
      },
      record: (entry) => {
        this.calls.gateway(entry);
      },
    });
  }

  /** Answers a call, with the fault that is due, and records it. */
  async call(operation: Operation, request: TerraformRequest): Promise<TerraformResponse> {
    const fault = this.faults.take(operation, request.type, namesOf(request));
    if (fault?.mode === "delay") {
      await sleep(fault.milliseconds);
    }
    const began = performance.now();
    const response = this.answer(operation, request, fault);
    const milliseconds = performance.now() - began;
    this.calls.terraform({ operation, request, response, fault, milliseconds });
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
    if (seconds > 0) {
      endWaits(this.confluent);
    }
    this.commit();
    return this.time;
  }

  /**
   * Makes an environment with tables, a pool and a key, in a world in which there is nothing yet.
   *
   * @throws ProtocolError when the request is wrong or something exists
   */
  createCatalog(body: Json): CatalogAccess {
    const access = createCatalog(this.confluent, parseCatalogRequest(body));
    this.commit();
    return access;
  }

  /** Every Flink statement, with its phase. */
  statements(): readonly StatementSummary[] {
    return this.confluent.statements
      .all()
      .map(({ name, environmentId, phase, detail, labels }) => ({
        name,
        environmentId,
        phase,
        detail,
        labels,
      }));
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
}

/** A statement in short. */
export interface StatementSummary {
  readonly name: string;
  readonly environmentId: string;
  readonly phase: string;
  readonly detail: string;
  readonly labels: Readonly<Record<string, string>>;
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
