import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { Type, type Schema } from "avsc";

import type { Compatibility } from "../../../constructs/confluent/subject";
import { unreadableJson } from "./json-schema-compatibility";
import { registeredVersions, type RegisteredVersion } from "./registered-versions";

/** A subject as the application declares it. */
export interface DeclaredSubject {
  readonly subject: string;
  readonly schemaFile: string;
  readonly compatibility: Compatibility;
}

/**
 * Why a subject's schema file may not become its next version.
 *
 * @param folder of the released versions
 * @returns a sentence with the file, the subject, its rule, the reason and what to do; undefined when all is well
 */
export function problemOf(declared: DeclaredSubject, folder: string): string | undefined {
  const { subject, schemaFile, compatibility } = declared;
  const ending = schemaFile.endsWith(".avsc") ? ".avsc" : ".schema.json";
  const versions = registeredVersions(folder, subject, ending);
  const current = readFileSync(schemaFile, "utf8");
  const last = versions.at(-1);
  if (last === undefined) {
    return `${subject} has no registered version: copy ${schemaFile} to ${folder}/${subject}/1${ending}`;
  }
  if (isDeepStrictEqual(JSON.parse(current), JSON.parse(last.text))) {
    return undefined;
  }
  const unreadable = ending === ".avsc" ? unreadableAvro : unreadableJson;
  const broken = brokenRule(current, { compatibility, versions, unreadable });
  return broken === undefined
    ? undefined
    : `${schemaFile} may not follow ${broken.version.file}: the subject ${subject} is ${compatibility}, and ${broken.reason}. ` +
        `Change the file so that this holds (see pipelines/schemas/README.md), or make it a new table; once it is released, copy it to ${folder}/${subject}/${last.number + 1}${ending}`;
}

type Unreadable = (reader: string, writer: string) => string | undefined;

interface Rule {
  readonly compatibility: Compatibility;
  readonly versions: readonly RegisteredVersion[];
  readonly unreadable: Unreadable;
}

interface Broken {
  readonly version: RegisteredVersion;
  readonly reason: string;
}

function brokenRule(
  current: string,
  { compatibility, versions, unreadable }: Rule,
): Broken | undefined {
  const [direction = ""] = compatibility.split("_");
  const compared = compatibility.endsWith("_TRANSITIVE") ? versions : versions.slice(-1);
  for (const version of [...compared].reverse()) {
    const backward = ["BACKWARD", "FULL"].includes(direction)
      ? unreadable(current, version.text)
      : undefined;
    const forward = ["FORWARD", "FULL"].includes(direction)
      ? unreadable(version.text, current)
      : undefined;
    if (backward !== undefined) {
      return { version, reason: `the new schema cannot read its records: ${backward}` };
    }
    if (forward !== undefined) {
      return { version, reason: `it cannot read the new schema's records: ${forward}` };
    }
  }
  return undefined;
}

function unreadableAvro(reader: string, writer: string): string | undefined {
  try {
    avroType(reader).createResolver(avroType(writer));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function avroType(text: string): Type {
  return Type.forSchema(JSON.parse(text) as Schema);
}
