import { createHash } from "node:crypto";

import { ProviderRefusal, Refusal } from "../../refusal";
import type { ConfluentCloud } from "../cloud";
import type { SchemaReference, SchemaRegistry, SchemaVersion } from "../objects";
import {
  DEFAULT_LEVEL,
  incompatibility,
  parseAvro,
  type AvroSource,
  type EarlierVersion,
} from "./compatibility";
import { canonicalText } from "./schema-text";

/** What someone wants to register. */
export interface Registration {
  readonly subject: string;
  readonly format: string;
  readonly schema: string;
  readonly references: readonly SchemaReference[];
}

/** Found by the provider, which asks the registry before it registers. */
export class IncompatibleSchema extends ProviderRefusal {}

/** First schema id that Confluent Cloud gives, and how many there are for contents to be spread over. */
const FIRST_SCHEMA_ID = 100_001;
const SCHEMA_IDS = 899_999;

/** The subject's versions that are not deleted, oldest first. */
export function liveVersions(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  subject: string,
): readonly SchemaVersion[] {
  return allVersions(cloud, registry, subject).filter(({ softDeleted }) => !softDeleted);
}

function allVersions(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  subject: string,
): readonly SchemaVersion[] {
  return cloud.schemaVersions
    .where((version) => version.registryId === registry.id && version.subject === subject)
    .sort((a, b) => a.version - b.version);
}

/**
 * Adds a version to the subject, unless it has the schema already.
 *
 * @throws Refusal when the text is no schema or a reference is missing
 * @throws IncompatibleSchema when the schema may not follow the subject's versions
 */
export function register(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  asked: Registration,
): SchemaVersion {
  const { subject, format } = asked;
  const canonical = validate(cloud, registry, asked);
  const same = sameVersion(liveVersions(cloud, registry, subject), format, canonical);
  if (same !== undefined) {
    return same;
  }
  checkCompatibility(cloud, registry, asked);
  const version = (allVersions(cloud, registry, subject).at(-1)?.version ?? 0) + 1;
  return cloud.schemaVersions.put({
    id: `${registry.id}/${subject}/${version}`,
    registryId: registry.id,
    version,
    schemaId: schemaIdOf(cloud, registry, format, canonical),
    softDeleted: false,
    ...asked,
  });
}

/**
 * Does nothing else than {@link register} would before it adds a version.
 *
 * @throws as {@link register} does
 */
export function refuseIncompatible(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  asked: Registration,
): void {
  const canonical = validate(cloud, registry, asked);
  const live = liveVersions(cloud, registry, asked.subject);
  if (sameVersion(live, asked.format, canonical) === undefined) {
    checkCompatibility(cloud, registry, asked);
  }
}

function sameVersion(
  versions: readonly SchemaVersion[],
  format: string,
  canonical: string,
): SchemaVersion | undefined {
  return versions.find(
    (version) =>
      version.format === format && canonicalText(version.format, version.schema) === canonical,
  );
}

/** @returns the schema's canonical text */
function validate(cloud: ConfluentCloud, registry: SchemaRegistry, asked: Registration): string {
  try {
    if (asked.format === "AVRO") {
      parseAvro(avroSource(cloud, registry, asked));
    }
    return canonicalText(asked.format, asked.schema);
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    throw new Refusal(
      422,
      `Invalid schema of type ${asked.format}, details: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Rules for JSON Schema and Protobuf are not modelled: such a schema may follow any other of its format. */
function checkCompatibility(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  asked: Registration,
): void {
  const live = liveVersions(cloud, registry, asked.subject);
  const level = compatibilityLevel(cloud, registry, asked.subject);
  if (level === "NONE") {
    return;
  }
  const other = live.find(({ format }) => format !== asked.format);
  const problem =
    other !== undefined
      ? `{oldSchemaVersion: ${other.version}} {compatibility: '${level}'} the type of the schema changes from ${other.format} to ${asked.format}`
      : asked.format === "AVRO"
        ? incompatibility(
            level,
            avroSource(cloud, registry, asked),
            live.map((version): EarlierVersion => ({
              ...avroSource(cloud, registry, version),
              version: version.version,
            })),
          )
        : undefined;
  if (problem !== undefined) {
    throw new IncompatibleSchema(`error validating a schema: [${problem}]`);
  }
}

function compatibilityLevel(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  subject: string,
): string {
  const configured = cloud.subjectConfigs.get(`${registry.id}/${subject}`)?.compatibilityLevel;
  return configured === undefined || configured === "" ? DEFAULT_LEVEL : configured;
}

function avroSource(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  { schema, references }: Pick<Registration, "schema" | "references">,
): AvroSource {
  const referenced = references.flatMap(({ subject, version }) => {
    const found = cloud.schemaVersions.get(`${registry.id}/${subject}/${version}`);
    if (found === undefined || found.softDeleted) {
      throw new Refusal(
        422,
        `No schema reference found for subject "${subject}" and version ${version}`,
      );
    }
    const inner = avroSource(cloud, registry, found);
    return [...inner.referenced, inner.schema];
  });
  return { schema, referenced: [...new Set(referenced)] };
}

/** From the content and not from a counter: schemas are registered in parallel, in no certain order. */
function schemaIdOf(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  format: string,
  canonical: string,
): number {
  const hash = createHash("sha256").update(`${registry.id} ${format} ${canonical}`).digest();
  const isTaken = (schemaId: number): boolean =>
    cloud.schemaVersions.find(
      (version) =>
        version.registryId === registry.id &&
        version.schemaId === schemaId &&
        canonicalText(version.format, version.schema) !== canonical,
    ) !== undefined;
  let offset = hash.readUInt32BE() % SCHEMA_IDS;
  while (isTaken(FIRST_SCHEMA_ID + offset)) {
    offset = (offset + 1) % SCHEMA_IDS;
  }
  return FIRST_SCHEMA_ID + offset;
}

/** @throws Refusal when the version does not exist, or another schema refers to it */
export function deleteVersion(
  cloud: ConfluentCloud,
  registry: SchemaRegistry,
  { subject, version, permanent }: { subject: string; version: number; permanent: boolean },
): void {
  const found = cloud.schemaVersions.get(`${registry.id}/${subject}/${version}`);
  if (found === undefined || found.softDeleted) {
    throw new Refusal(404, `Version ${version} not found.`);
  }
  const referring = cloud.schemaVersions.find(
    (other) =>
      other.registryId === registry.id &&
      !other.softDeleted &&
      other.references.some((to) => to.subject === subject && to.version === version),
  );
  if (referring !== undefined) {
    throw new Refusal(
      422,
      `One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=${subject},version=${version}}.`,
      `version ${referring.version} of ${referring.subject} refers to it`,
    );
  }
  if (permanent) {
    cloud.schemaVersions.delete(found.id);
  } else {
    cloud.schemaVersions.put({ ...found, softDeleted: true });
  }
}
