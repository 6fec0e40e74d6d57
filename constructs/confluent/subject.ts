import { Schema } from "@cdktf/provider-confluent/lib/schema";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import { ValidationError } from "../core/errors";
import { readSourceFile, withoutTemplates } from "../core/source-file";
import type { KafkaTopic } from "./kafka-topic";

export interface SubjectProps {
  /** The provider alias that carries the registry's key. It decides the registry: a schema names none. */
  readonly streams: TerraformProvider;

  readonly topic: KafkaTopic;

  /** Which half of the topic's records the schema describes. */
  readonly part: "key" | "value";

  /** Avro schema file (`.avsc`), as committed. */
  readonly schemaFile: string;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/** The Avro schema of a topic's keys or values, under the subject `<topic>-<part>`. @stateful */
export class Subject extends Construct {
  readonly subjectName: string;

  constructor(scope: Construct, id: string, props: SubjectProps) {
    super(scope, id);
    this.subjectName = `${props.topic.topicName}-${props.part}`;
    new Schema(this, "Resource", {
      provider: props.streams,
      subjectName: this.subjectName,
      format: "AVRO",
      schema: this.readSchema(props.schemaFile),
      lifecycle: protectedLifecycle(this, props.protection),
    });
  }

  /** The file's schema on one line, so that its layout is no change. */
  private readSchema(file: string): string {
    const text = readSourceFile(this, file);
    try {
      return withoutTemplates(JSON.stringify(JSON.parse(text)));
    } catch (error) {
      throw new ValidationError(this, [
        `${file} must hold an Avro schema as JSON: ${String(error)}`,
      ]);
    }
  }
}
