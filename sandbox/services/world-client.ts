import { isRecord } from "../../delivery/json";
import { messageOf, UserError } from "../../delivery/user-error";

const SECONDS_OF_A_DAY = 24 * 60 * 60;

/** One object that exists in the world. */
export interface WorldObject {
  /** Terraform's type for it, such as `confluent_kafka_topic`. */
  readonly type: string;
  readonly id: string;
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
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return await response.json();
    } catch (error) {
      throw new UserError(`the sandbox world does not answer at ${url}: ${messageOf(error)}`);
    }
  }
}
