import { ProviderRefusal, Refusal } from "../refusal";
import { flag, known, text, type TerraformObject } from "../values";
import { reference, type ManagedResource } from "./managed-resource";
import type { SubjectConfig } from "./objects";
import { schemaRegistryCaller, type SchemaRegistryCaller } from "./schema-registry-access";
import { wording } from "./wording";

/**
 * `confluent_subject_config`. A subject may have one before it has a schema. As with topics, only a 404 counts as gone:
 * one that a key may not see is an error.
 */
export const subjectConfig: ManagedResource = {
  wording: wording("Subject Config", {
    creating: () => "error creating Subject Config",
    reading: () => "error reading Subject Config",
    updating: () => "error updating Subject Config",
  }),

  create({ cloud, provider, planned }) {
    const caller = schemaRegistryCaller(cloud, provider, planned);
    const written = configOf(planned, caller);
    caller.requireSubject(written.subject, "WriteCompatibility", "ReadCompatibility");
    if (isEmpty(written)) {
      // The provider sends nothing then, and reads back what is not there.
      throw notConfigured(written.subject);
    }
    cloud.subjectConfigs.put(written);
    return { state: { ...known(planned), ...attributes(written, caller) } };
  },

  read({ cloud, provider, prior }) {
    const caller = schemaRegistryCaller(cloud, provider, prior);
    const subject = text(prior, "subject_name");
    caller.requireSubject(subject, "ReadCompatibility");
    const found = cloud.subjectConfigs.get(`${caller.registry.id}/${subject}`);
    return found === undefined ? null : { ...prior, ...attributes(found, caller) };
  },

  update({ cloud, provider, planned }) {
    const caller = schemaRegistryCaller(cloud, provider, planned);
    const written = configOf(planned, caller);
    caller.requireSubject(written.subject, "WriteCompatibility", "ReadCompatibility");
    cloud.subjectConfigs.put(written);
    return { state: { ...known(planned), ...attributes(written, caller) } };
  },

  delete({ cloud, provider, prior }) {
    const caller = schemaRegistryCaller(cloud, provider, prior);
    const subject = text(prior, "subject_name");
    caller.requireSubject(subject, "WriteCompatibility");
    const id = `${caller.registry.id}/${subject}`;
    if (!cloud.subjectConfigs.has(id)) {
      throw notConfigured(subject);
    }
    cloud.subjectConfigs.delete(id);
  },

  importedState(id) {
    const slash = id.indexOf("/");
    if (slash < 0) {
      throw new ProviderRefusal(
        "invalid format: expected '<SR cluster ID>/<subject name>' where subject name may contain forward slashes",
      );
    }
    return {
      id,
      subject_name: id.slice(slash + 1),
      schema_registry_cluster: reference(id.slice(0, slash)),
    };
  },
};

function configOf(planned: TerraformObject, { registry }: SchemaRegistryCaller): SubjectConfig {
  const subject = text(planned, "subject_name");
  return {
    id: `${registry.id}/${subject}`,
    registryId: registry.id,
    subject,
    compatibilityLevel: text(planned, "compatibility_level"),
    compatibilityGroup: text(planned, "compatibility_group"),
    normalize: flag(planned, "normalize"),
    alias: text(planned, "alias"),
  };
}

/** The group is not looked at: the provider sends it together with the level. */
function isEmpty({ compatibilityLevel, normalize, alias }: SubjectConfig): boolean {
  return compatibilityLevel === "" && !normalize && alias === "";
}

function notConfigured(subject: string): Refusal {
  return new Refusal(
    404,
    `Subject '${subject}' does not have subject-level compatibility configured`,
  );
}

function attributes(config: SubjectConfig, caller: SchemaRegistryCaller): TerraformObject {
  return {
    id: config.id,
    subject_name: config.subject,
    compatibility_level: config.compatibilityLevel,
    compatibility_group: config.compatibilityGroup,
    normalize: config.normalize,
    alias: config.alias,
    ...caller.ownArguments,
  };
}
