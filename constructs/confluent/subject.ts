import { Schema } from "@cdktf/provider-confluent/lib/schema";
import { SubjectConfig } from "@cdktf/provider-confluent/lib/subject-config";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import { withoutTemplates } from "../core/source-file";
import type { KafkaTopic } from "./kafka-topic";
import { readSchemaFile, type SchemaFormat } from "./schema-file";
import type { StreamsAccess } from "./streams-access";
import { SubjectGrants } from "./subject-grants";

/**
 * Which versions of a schema must understand each other. `BACKWARD`: the new one reads what the last one wrote;
 * `FORWARD`: the last one reads what the new one writes; `FULL`: both; `…_TRANSITIVE`: with every version before, not
 * only the last; `NONE`: no rule.
 *
 * @see https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html
 */
export type Compatibility =
  | "BACKWARD"
  | "BACKWARD_TRANSITIVE"
  | "FORWARD"
  | "FORWARD_TRANSITIVE"
  | "FULL"
  | "FULL_TRANSITIVE"
  | "NONE";

export interface SubjectProps {
  /** The provider alias that carries the registry's key. It decides the registry: a schema names none. */
  readonly streams: StreamsAccess;

  readonly topic: KafkaTopic;

  /** Which half of the topic's records the schema describes. */
  readonly part: "key" | "value";

  /** Avro schema (`.avsc`) or JSON Schema (`.schema.json`), as committed. */
  readonly schemaFile: string;

  /**
   * To be loosened in an apply of its own, before the schema that needs it: the provider asks the registry while it
   * plans, when the rule is still the old one.
   *
   * @default "BACKWARD" - readers can be upgraded before writers, and a topic read again from its beginning
   */
  readonly compatibility?: Compatibility;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/**
 * The schema of a topic's keys or values, under the subject `<topic>-<part>`, and the rule that its versions keep.
 * @stateful
 */
export class Subject extends Construct {
  readonly subjectName: string;
  readonly format: SchemaFormat;

  /** Who may read and register the subject's schemas. */
  readonly grants: SubjectGrants;

  /** What a writer must wait for that brings no schema of its own. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SubjectProps) {
    super(scope, id);
    const { provider, registry } = props.streams;
    const { format, schema } = readSchemaFile(this, props.schemaFile);
    this.subjectName = `${props.topic.topicName}-${props.part}`;
    this.format = format;
    this.grants = new SubjectGrants(registry, this.subjectName);
    const resource = new Schema(this, "Resource", {
      provider,
      subjectName: this.subjectName,
      format,
      schema: withoutTemplates(schema),
      lifecycle: protectedLifecycle(this, props.protection),
    });
    new SubjectConfig(this, "Compatibility", {
      provider,
      subjectName: this.subjectName,
      // Always written: the registry's own default can be changed beside Terraform.
      compatibilityLevel: props.compatibility ?? "BACKWARD",
      // Nothing refers to the schema, but the rule must go before it: with a subject's last schema the registry may take
      // its rule away as well, and the provider fails on a rule that is gone.
      dependsOn: [resource],
    });
    this.dependable = resource;
  }
}
