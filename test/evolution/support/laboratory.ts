import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import { App, TerraformStack } from "cdktf";

import { WORLD_VARIABLE } from "../../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../../sandbox/provider/confluent/vendor";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import type { Operation } from "../../../sandbox/world/protocol";
import { text, type TerraformObject } from "../../../sandbox/world/values";
import type { FlinkAccess } from "../../../constructs/confluent/flink-access";
import { setAllowDataLoss } from "../../../constructs/core/data-protection";
import { newApp, synthApp, type SynthesizedStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";
import { reattachedProvider } from "../../sandbox/provider/support/reattached-provider";
import type { TerraformRun } from "../../sandbox/provider/support/terraform";
import { Platform } from "../../sandbox/world/support/platform";
import { BoundAccess } from "./bound-access";
import { CallHistory, versionOf, type Change } from "./call-history";
import { KillableTerraform } from "./killable-terraform";

/** Declares what an environment is to run, from the SQL files in a directory. */
export type Declaration = (props: {
  readonly stack: TerraformStack;
  readonly access: FlinkAccess;
  readonly directory: string;
}) => void;

/**
 * One environment: a world with tables, a principal that may nothing by itself, and a directory in which the real
 * Terraform applies what a declaration synthesizes.
 */
export class Laboratory {
  /** @param tables topics with a value schema */
  static async open(declare: Declaration, ...tables: readonly string[]): Promise<Laboratory> {
    const platform = await Platform.create();
    const administrator = await platform.administrator();
    await platform.tables(await platform.streams(administrator), ...tables);
    const principalId = await platform.account("runner");
    for (const role of ["DeveloperRead", "DeveloperWrite"]) {
      const transactions = platform.topicCrn("_confluent-flink_*", "transactional-id");
      await platform.grant(principalId, role, transactions);
    }
    const organization = text(platform.organization, "resource_name");
    await platform.grant(
      administrator,
      "Assigner",
      `${organization}/service-account=${principalId}`,
    );
    const { world, journalFile } = platform.terraform;
    const journal = new Journal(journalFile);
    const server = new WorldServer({ world, journal, nonce: "evolution", port: 0 });
    const provider = await reattachedProvider(confluent, {
      [WORLD_VARIABLE]: await server.listen(),
    });
    const flink = await platform.flink(administrator, principalId);
    return new Laboratory(
      declare,
      platform,
      { principalId, flink },
      async () => {
        provider.close();
        await server.close();
      },
      provider.environment,
    );
  }

  /** Where Terraform runs. */
  readonly directory = temporaryDirectory();

  readonly calls: CallHistory;

  private readonly sqlDirectory = join(this.directory, "pipeline");
  private readonly process: KillableTerraform;
  private configuration: SynthesizedStack = { terraform: {} };
  private clock: string;

  private constructor(
    private readonly declare: Declaration,
    readonly platform: Platform,
    private readonly identity: { readonly principalId: string; readonly flink: TerraformObject },
    readonly close: () => Promise<void>,
    environment: NodeJS.ProcessEnv,
  ) {
    this.process = new KillableTerraform(this.directory, environment);
    this.clock = platform.terraform.world.advanceClock(0);
    this.calls = new CallHistory(platform.terraform.journalFile);
  }

  /** Puts files into the SQL directory in place of all that were there, and synthesizes. */
  write(files: Readonly<Record<string, string>>, declare = this.declare): void {
    rmSync(this.sqlDirectory, { recursive: true, force: true });
    mkdirSync(this.sqlDirectory);
    for (const [name, sql] of Object.entries(files)) {
      writeFileSync(join(this.sqlDirectory, name), sql);
    }
    this.synthesize(declare);
  }

  /** Kills Terraform when it asks for this, so that it does not happen. */
  killTerraformAt(operation: Operation, version: string): void {
    const { world } = this.platform.terraform;
    const call = world.call.bind(world);
    jest.spyOn(world, "call").mockImplementation(async (asked, request) => {
      const name = text(request.planned ?? request.prior ?? {}, "statement_name");
      if (asked !== operation || versionOf(name) !== version) return call(asked, request);
      jest.restoreAllMocks();
      this.process.kill();
      return { diagnostics: [{ severity: "error", summary: "nobody hears this" }] };
    });
  }

  apply(): Promise<TerraformRun> {
    return this.terraform("apply", "-auto-approve");
  }

  /** Applies and expects success. @returns what it did to statements */
  async deploy(): Promise<readonly Change[]> {
    const { exitCode, stderr } = await this.apply();
    if (exitCode !== 0) throw new Error(stderr);
    return this.calls.changes();
  }

  /** Takes a statement over into the state under the address of its resource. */
  async adopt(version: string): Promise<void> {
    const resources = this.configuration.resource?.["confluent_flink_statement"] ?? {};
    const [address] = Object.keys(resources).filter((id) => id.includes(version.toUpperCase()));
    const { statement_name: name } = resources[String(address)] ?? {};
    const target = `confluent_flink_statement.${String(address)}[0]`;
    const { exitCode, stderr } = await this.terraform("import", target, String(name));
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** Deletes a version's statement behind Terraform's back. */
  async deleteByHand(version: string): Promise<void> {
    const { world } = this.platform.terraform;
    const [name] = world.inventory().filter((item) => versionOf(item.name) === version);
    const prior = { statement_name: name?.name ?? "", id: name?.id ?? "" };
    await this.platform.terraform.delete("flink_statement", prior, this.identity.flink);
  }

  /** Destroys everything that Terraform knows. */
  async destroy(): Promise<void> {
    const { exitCode, stderr } = await this.terraform("destroy", "-auto-approve");
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** Whether a plan would change anything. */
  async isSettled(): Promise<boolean> {
    const { exitCode, stderr } = await this.terraform("plan", "-detailed-exitcode");
    if (exitCode === 1) throw new Error(stderr);
    return exitCode === 0;
  }

  /** What is wrong with the plan, on one line without decoration. */
  async planError(): Promise<string> {
    const { stderr } = await this.terraform("plan");
    return oneLine(stderr);
  }

  /** Moves the world's time and the plans'. */
  pass(days: number): void {
    this.clock = this.platform.terraform.world.advanceClock(days * 24 * 60 * 60);
  }

  /** The phase of each version that exists. */
  get statements(): Readonly<Record<string, string>> {
    const found = this.platform.terraform.world
      .inventory()
      .filter(({ type }) => type === "confluent_flink_statement");
    return Object.fromEntries(
      found.map(({ name, phase }) => [versionOf(name), String(phase)] as const).sort(),
    );
  }

  /** Writes what a declaration makes of the SQL files, for Terraform. */
  synthesize(declare = this.declare): void {
    const stack = new TerraformStack(newApp(), "evolution");
    setAllowDataLoss(stack, true);
    // One provider block: a provider that is served from this process knows one configuration.
    const provider = new ConfluentProvider(stack, "Confluent", {
      cloudApiKey: "sandbox",
      cloudApiSecret: "sandbox",
      organizationId: text(this.identity.flink, "organization_id"),
      environmentId: text(this.identity.flink, "environment_id"),
      flinkComputePoolId: text(this.identity.flink, "flink_compute_pool_id"),
      flinkPrincipalId: text(this.identity.flink, "flink_principal_id"),
      flinkRestEndpoint: text(this.identity.flink, "flink_rest_endpoint"),
      flinkApiKey: text(this.identity.flink, "flink_api_key"),
      flinkApiSecret: text(this.identity.flink, "flink_api_secret"),
    });
    const access = new BoundAccess({
      provider,
      scope: stack,
      principalId: this.identity.principalId,
      topicCrn: (table) => this.platform.topicCrn(table),
      subjectCrn: (subject) => this.platform.subjectCrn(subject),
    });
    declare({ stack, access, directory: this.sqlDirectory });
    const { stacks } = synthApp(App.of(stack));
    this.configuration = {
      ...stacks["evolution"],
      terraform: { required_providers: { confluent: { source: confluent.source } } },
    };
    writeFileSync(
      join(this.directory, "main.tf.json"),
      JSON.stringify(this.configuration, null, 2),
    );
  }

  private terraform(command: string, ...args: readonly string[]): Promise<TerraformRun> {
    return this.process.run([command, "-no-color", "-input=false", ...args], {
      TF_VAR_rotation_clock: this.clock,
    });
  }
}

/** SQL that copies what is greater than a number. */
export function copyAbove(amount: number, sink = "big_orders"): string {
  return `INSERT INTO ${sink} (id, amount) SELECT id, amount FROM orders WHERE amount > ${amount}`;
}

export function oneLine(output: string): string {
  return output.replace(/[│╷╵\s]+/g, " ").trim();
}
