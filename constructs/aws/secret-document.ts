/**
 * What a JSON secret is called and which fields it has. Writer and readers share the one document, so that a field that
 * nobody writes cannot be read, and none can be forgotten: the compiler refuses both.
 */
export interface SecretDocument<
  PublicField extends string = string,
  SecretField extends string = string,
> {
  /** Parts of the secret's name below `ResourceNames.path()`. */
  readonly path: readonly string[];

  /** What the secret is for, in a sentence. */
  readonly description: string;

  /** Fields that may be seen: ids, endpoints, user names. */
  readonly publicFields: readonly PublicField[];

  /** Fields that may not. */
  readonly secretFields: readonly SecretField[];
}

export type PublicFieldOf<Document extends SecretDocument> = Document["publicFields"][number];
export type SecretFieldOf<Document extends SecretDocument> = Document["secretFields"][number];

/** A document with the types of its very fields. */
export function secretDocument<const PublicField extends string, const SecretField extends string>(
  document: SecretDocument<PublicField, SecretField>,
): SecretDocument<PublicField, SecretField> {
  return document;
}
