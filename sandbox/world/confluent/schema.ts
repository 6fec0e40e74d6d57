import { ProviderRefusal } from "../refusal";
import {
  blocks,
  flag,
  isObject,
  known,
  number,
  text,
  textMap,
  type Json,
  type TerraformObject,
} from "../values";
import { reference, type Call, type ManagedResource } from "./managed-resource";
import type { SchemaVersion } from "./objects";
import { deleteVersion, IncompatibleSchema, liveVersions, register } from "./schema/registry";
import { canonicalText } from "./schema/schema-text";
import { schemaRegistryCaller, type SchemaRegistryCaller } from "./schema-registry-access";
import { quote, wording } from "./wording";

/** In a resource's id instead of a schema id: the resource follows the subject's newest version. */
const LATEST = "latest";

const rulePhases = ["domain_rules", "migration_rules", "encoding_rules"];

/**
 * `confluent_schema`: a subject's latest version, or with `recreate_on_update` a certain one. As with topics, only a 404
 * counts as gone: a schema that a key may not see is an error.
 */
export const schema: ManagedResource = {
  wording: wording("Schema", {
    creating: () => "error creating Schema",
    reading: (prior) => `error reading Schema: error reading Schema ${quote(text(prior, "id"))}`,
    updating: () => "error creating Schema",
    deleting(prior) {
      const kind = flag(prior, "hard_delete") ? "hard" : "soft";
      return `error ${kind} deleting Schema ${quote(text(prior, "id"))}: error ${kind} deleting Schema`;
    },
  }),

  create: registerPlanned,

  read({ cloud, provider, prior }) {
    const caller = schemaRegistryCaller(cloud, provider, prior);
    const subject = text(prior, "subject_name");
    caller.requireSubject(subject, "Read");
    const { identifier } = parseId(text(prior, "id"));
    const live = liveVersions(cloud, caller.registry, subject);
    const found =
      identifier === LATEST
        ? live.at(-1)
        : live.find(({ schemaId }) => String(schemaId) === identifier);
    return found === undefined ? null : { ...prior, ...attributes(found, prior, caller) };
  },

  /** A changed schema is the subject's next version. */
  update: registerPlanned,

  takenBack: (error) => (error instanceof IncompatibleSchema ? ["schema"] : []),

  /** Only the version in the state: what came before it stays in the registry. */
  delete({ cloud, provider, prior }) {
    const caller = schemaRegistryCaller(cloud, provider, prior);
    const subject = text(prior, "subject_name");
    caller.requireSubject(subject, "Delete");
    deleteVersion(cloud, caller.registry, {
      subject,
      version: number(prior, "version") ?? 0,
      permanent: flag(prior, "hard_delete"),
    });
  },

  importedState(id) {
    const { registryId, subject, identifier } = parseId(id);
    return {
      id,
      subject_name: subject,
      hard_delete: false,
      recreate_on_update: identifier !== LATEST,
      skip_validation_during_plan: false,
      schema_registry_cluster: reference(registryId),
    };
  },
};

function registerPlanned({ cloud, provider, planned }: Call): { state: TerraformObject } {
  const caller = schemaRegistryCaller(cloud, provider, planned);
  const subject = text(planned, "subject_name");
  caller.requireSubject(subject, "Write", "Read");
  const registered = register(cloud, caller.registry, {
    subject,
    format: text(planned, "format"),
    schema: text(planned, "schema"),
    references: blocks(planned, "schema_reference").map((given) => ({
      name: text(given, "name"),
      subject: text(given, "subject_name"),
      version: number(given, "version") ?? 0,
    })),
  });
  // The provider reads the latest version back, which is another one when an older schema was registered again.
  const latest = liveVersions(cloud, caller.registry, subject).at(-1) ?? registered;
  const shown = flag(planned, "recreate_on_update") ? registered : latest;
  return {
    state: {
      ...known(planned),
      ...completedRules(planned),
      ...attributes(shown, planned, caller),
    },
  };
}

/** Rules without parameters and tags have empty ones. */
function completedRules(planned: TerraformObject): TerraformObject {
  const rulesets = blocks(planned, "ruleset");
  return rulesets.length === 0
    ? {}
    : {
        ruleset: rulesets.map((ruleset) =>
          Object.fromEntries(
            rulePhases.map((phase) => [phase, blocks(ruleset, phase).map(completedRule)]),
          ),
        ),
      };
}

function completedRule(rule: TerraformObject): TerraformObject {
  const tags: Json = rule["tags"] ?? [];
  return { ...known(rule), params: textMap(rule, "params"), tags: isObject(tags) ? [] : tags };
}

/** `<registry>/<subject>/<identifier>`, where a subject may contain slashes. */
function parseId(id: string): { registryId: string; subject: string; identifier: string } {
  const [, registryId, subject, identifier] = /^([^/]+)\/(.+)\/([^/]+)$/.exec(id) ?? [];
  if (registryId === undefined || subject === undefined || identifier === undefined) {
    throw new ProviderRefusal(
      "invalid format: expected '<Schema Registry cluster ID>/<subject name>/<schema identifier>'",
    );
  }
  return { registryId, subject, identifier };
}

function attributes(
  version: SchemaVersion,
  resource: TerraformObject,
  caller: SchemaRegistryCaller,
): TerraformObject {
  const identifier = flag(resource, "recreate_on_update") ? String(version.schemaId) : LATEST;
  return {
    id: `${caller.registry.id}/${version.subject}/${identifier}`,
    subject_name: version.subject,
    format: version.format,
    schema: schemaText(version, text(resource, "schema")),
    schema_identifier: version.schemaId,
    version: version.version,
    schema_reference: version.references.map(({ name, subject, version: number }) => ({
      name,
      subject_name: subject,
      version: number,
    })),
    ...caller.ownArguments,
  };
}

/** Terraform's own text where it means the same: the provider shows no difference then. */
function schemaText(version: SchemaVersion, own: string): string {
  const isSame =
    own !== "" &&
    canonicalText(version.format, own) === canonicalText(version.format, version.schema);
  return isSame ? own : version.schema;
}
