import { timestamp } from "../clock";
import { deriveUuid } from "../identifiers";
import { Refusal } from "../refusal";
import { flag, known, text, textMap, type TerraformObject } from "../values";
import { flinkCaller, type FlinkCaller } from "./flink-access";
import { launch, resume, stop } from "./flink/life-cycle";
import { isStopped, requireStoppable } from "./flink/phase";
import { newStatement, noStatement, shownProperties, timeOrNever } from "./flink/submission";
import { reference, type Call, type ManagedResource, type Outcome } from "./managed-resource";
import type { FlinkStatement } from "./objects";
import { serviceAccountOf } from "./service-account";
import { quote, wording } from "./wording";

/** `confluent_flink_statement`. A statement that fails is kept, and is Terraform's to delete. */
export const flinkStatement: ManagedResource = {
  wording: wording("Flink Statement", {
    // The provider quotes the name of a statement that the API did not make.
    creating: () => `error creating Flink Statement ""`,
    reading: (prior) => `error reading Flink Statement ${quote(text(prior, "id"))}`,
    updating: (prior) =>
      `error ${flag(prior, "stopped") ? "resuming" : "stopping"} Flink Statement: error fetching Flink Statement`,
    deleting: (prior) => `error deleting Flink Statement ${quote(text(prior, "statement_name"))}`,
  }),

  create(call) {
    const { cloud, provider, planned } = call;
    const caller = flinkCaller(cloud, provider, planned);
    const name = text(planned, "statement_name") || generatedName(call);
    caller.requireStatement(name, "Create");
    caller.requireAssignable();
    serviceAccountOf(cloud, caller.principalId);
    const submission = {
      name,
      environmentId: caller.environmentId,
      computePoolId: caller.pool.id,
      principalId: caller.principalId,
      sql: text(planned, "statement"),
      properties: {
        ...textMap(planned, "properties"),
        ...textMap(planned, "properties_sensitive"),
      },
      labels: {},
    };
    // It starts whatever `stopped` says: the provider does not send that when it creates.
    const created = cloud.statements.put(launch(cloud, newStatement(cloud, submission)));
    return outcome(
      created,
      planned,
      caller,
      (phase) =>
        `error waiting for Flink Statement ${quote(name)} to provision: Flink Statement ${quote(name)} provisioning status is ${quote(phase)}: ${created.detail}`,
    );
  },

  /** Whoever may not see a statement is told nothing: the provider takes a 403 for a statement that is gone. */
  read({ cloud, provider, prior }) {
    try {
      const caller = flinkCaller(cloud, provider, prior);
      const name = nameOf(prior);
      caller.requireStatement(name, "Describe");
      const found = cloud.statements.get(`${caller.environmentId}/${name}`);
      return found === undefined || found.phase === "DELETING"
        ? null
        : { ...prior, ...attributes(found, prior, caller) };
    } catch (error) {
      if (error instanceof Refusal && (error.status === 403 || error.status === 404)) {
        return null;
      }
      throw error;
    }
  },

  /** Stops or resumes. Sensitive properties may change as well, but reach the state only. */
  update(call) {
    const { cloud, provider, prior, planned } = call;
    const caller = flinkCaller(cloud, provider, planned);
    const before = existing(call, caller);
    if (flag(planned, "stopped") === flag(prior, "stopped")) {
      caller.requireStatement(before.name, "Describe");
      return { state: { ...known(planned), ...attributes(before, planned, caller) } };
    }
    caller.requireStatement(before.name, "Alter");
    const after = flag(planned, "stopped") ? stopped(call, before) : resumed(call, before, caller);
    cloud.statements.put(after);
    return outcome(
      after,
      planned,
      caller,
      (phase) =>
        `error waiting for Flink Statement ${quote(after.name)} to update: Flink Statement ${quote(after.name)} provisioning status is ${quote(phase)}`,
    );
  },

  delete(call) {
    const caller = flinkCaller(call.cloud, call.provider, call.prior);
    const statement = existing(call, caller);
    caller.requireStatement(statement.name, "Delete");
    call.cloud.statements.delete(statement.id);
  },

  /** The provider takes the bare name and knows the rest from its block. */
  importedState: (id) => ({ id, statement_name: id }),
};

function stopped({ cloud }: Call, before: FlinkStatement): FlinkStatement {
  return isStopped(before) ? before : stop(cloud, requireStoppable(before));
}

function resumed({ cloud }: Call, before: FlinkStatement, caller: FlinkCaller): FlinkStatement {
  caller.requireAssignable();
  serviceAccountOf(cloud, caller.principalId);
  return resume(cloud, {
    ...before,
    computePoolId: caller.pool.id,
    principalId: caller.principalId,
  });
}

function generatedName({ cloud, planned }: Call): string {
  const identity = cloud.identifiers.next("statement", [text(planned, "statement")]);
  const [date = "", time = ""] = timestamp(cloud.clock.now).split(/[TZ]/);
  return `tf-${date}-${time.replaceAll(":", "")}-${deriveUuid(...identity)}`;
}

/** From the id, which is `<environment>/<pool>/<name>`, or the bare name while importing. */
function nameOf(prior: TerraformObject): string {
  return text(prior, "id").split("/").at(-1) ?? "";
}

function existing({ cloud, prior }: Call, caller: FlinkCaller): FlinkStatement {
  const name = text(prior, "statement_name");
  const found = cloud.statements.get(`${caller.environmentId}/${name}`);
  if (found === undefined) {
    throw noStatement(name);
  }
  return found;
}

function outcome(
  statement: FlinkStatement,
  planned: TerraformObject,
  caller: FlinkCaller,
  failure: (phase: string) => string,
): Outcome {
  return {
    state: { ...known(planned), ...attributes(statement, planned, caller) },
    failure: statement.phase === "FAILED" ? failure(statement.phase) : undefined,
  };
}

function attributes(
  statement: FlinkStatement,
  resource: TerraformObject,
  caller: FlinkCaller,
): TerraformObject {
  const { latestOffsetsAt } = statement;
  return {
    id: `${statement.environmentId}/${statement.computePoolId}/${statement.name}`,
    statement_name: statement.name,
    statement: statement.sql,
    properties: shownProperties(statement),
    properties_sensitive: textMap(resource, "properties_sensitive"),
    stopped: isStopped(statement),
    latest_offsets: statement.latestOffsets,
    latest_offsets_timestamp: timeOrNever(latestOffsetsAt),
    ...caller.blocks(resource, {
      compute_pool: reference(statement.computePoolId),
      principal: reference(statement.principalId),
    }),
  };
}
