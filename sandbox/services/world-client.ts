import { isRecord } from "../../delivery/json";
import { messageOf, UserError } from "../../delivery/user-error";

const SECONDS_OF_A_DAY = 24 * 60 * 60;

/** One object that exists in the world. */
export interface WorldObject {
  /** Terraform's type for it, such as `confluent_kafka_topic`. */
  readonly type: string;
  readonly id: string;
}

/** One Flink statement, whoever submitted it. */
export interface WorldStatement {
  readonly name: string;
  /** Such as `RUNNING`. */
  readonly phase: string;
  /** Why it is in its phase; empty when all is well. */
  readonly detail: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where Flink's REST API is. */
export interface WorldFlink {
  /** Base URL. */
  readonly url: string;
  /** A file with the PEM of the certificate that clients must trust. */
  readonly caFile: string;
}

/** The public side of a world: what anybody may ask it, without going through Terraform. */
export class WorldClient {
  constructor(readonly url: string) {}

  /** Everything that exists, except what the vendor makes for each organization. */
  async inventory(): Promise<readonly WorldObject[]> {
    const answer = await this.ask("inventory");
    if (!Array.isArray(answer)) throw new Error(`${this.url}: the inventory is not a list`);
    return answer.map((item: unknown) => {
      if (!isRecord(item) || typeof item["type"] !== "string" || typeof item["id"] !== "string") {
        throw new Error(`${this.url}: not an object of the inventory: ${JSON.stringify(item)}`);
      }
      return { type: item["type"], id: item["id"] };
    });
  }

  /** How many calls the journal holds. */
  async calls(): Promise<number> {
    const answer = await this.ask("journal");
    if (!isRecord(answer) || typeof answer["calls"] !== "number") {
      throw new Error(`${this.url}: the journal does not tell its calls`);
    }
    return answer["calls"];
  }

  /** The world's time, RFC 3339. It stands still but for waits, and until somebody advances it. */
  async now(): Promise<string> {
    return this.timeOf(await this.ask("clock"));
  }

  /** Lets so many days pass in the world. @returns its time then, RFC 3339 */
  async advance(days: number): Promise<string> {
    const body = JSON.stringify({ advanceSeconds: days * SECONDS_OF_A_DAY });
    return this.timeOf(await this.ask("clock", { method: "POST", body }));
  }

  /** Every Flink statement. */
  async statements(): Promise<readonly WorldStatement[]> {
    const answer = await this.ask("statements");
    if (!Array.isArray(answer)) throw new Error(`${this.url}: the statements are not a list`);
    return answer.map((item: unknown) => {
      if (!isRecord(item)) throw new Error(`${this.url}: not a statement: ${JSON.stringify(item)}`);
      const { name, phase, detail, labels } = item;
      if (typeof name !== "string" || typeof phase !== "string" || typeof detail !== "string") {
        throw new Error(`${this.url}: not a statement: ${JSON.stringify(item)}`);
      }
      return { name, phase, detail, labels: texts(labels) };
    });
  }

  /** Where Flink's REST API is. @throws Error when the world does not serve it */
  async flink(): Promise<WorldFlink> {
    const answer = await this.ask("flink");
    if (
      !isRecord(answer) ||
      typeof answer["url"] !== "string" ||
      typeof answer["caFile"] !== "string"
    ) {
      throw new Error(`${this.url}: the world does not tell where Flink's REST API is`);
    }
    return { url: answer["url"], caFile: answer["caFile"] };
  }

  /** Changes how Flink's REST API behaves, such as `{ pendingReads: 3 }`; what is not given stays. */
  async flinkSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask("flink", { method: "POST", body: JSON.stringify(settings) });
  }

  /**
   * Makes chosen calls go wrong, or chosen statements.
   *
   * @param rule such as `{ match: { operation: "flink.statement", name: "app-*" }, mode: "fails" }`
   */
  async addFault(rule: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask("faults", { method: "POST", body: JSON.stringify(rule) });
  }

  /** Takes back what {@link addFault} has asked for and has not happened yet. */
  async clearFaults(): Promise<void> {
    await this.ask("faults", { method: "DELETE" });
  }

  private timeOf(answer: unknown): string {
    if (!isRecord(answer) || typeof answer["now"] !== "string") {
      throw new Error(`${this.url}: the clock does not tell its time`);
    }
    return answer["now"];
  }

  private async ask(path: string, request: RequestInit = {}): Promise<unknown> {
    const url = `${this.url}/sandbox/${path}`;
    try {
      const response = await fetch(url, { ...request, signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`HTTP ${response.status}${await reason(response)}`);
      return await response.json();
    } catch (error) {
      throw new UserError(`the sandbox world does not answer at ${url}: ${messageOf(error)}`);
    }
  }
}

function texts(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

/** What the world says about a request that it refuses. */
async function reason(response: Response): Promise<string> {
  const text = await response.text();
  return text === "" ? "" : `: ${text}`;
}
