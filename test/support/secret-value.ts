/** Values of a secret's fields, as expressions. */
type Fields = Readonly<Record<string, string>>;

/**
 * A secret's value: written without a copy in state, and again whenever a public field or a key changes.
 *
 * @param secret logical id of the secret
 * @param keyIds expressions of the ids of the keys in it
 */
export function secretValue(
  secret: string,
  publicFields: Fields,
  secretFields: Fields,
  keyIds: readonly string[],
): object {
  const versioned = `[${[object(publicFields), ...keyIds].join(", ")}]`;
  return {
    secret_id: `\${aws_secretsmanager_secret.${secret}.arn}`,
    secret_string_wo: `\${jsonencode(${object({ ...publicFields, ...secretFields })})}`,
    secret_string_wo_version: `\${parseint(substr(sha256(jsonencode(${versioned})), 0, 13), 16)}`,
    lifecycle: { create_before_destroy: true },
  };
}

function object(fields: Fields): string {
  const members = Object.entries(fields).map(([name, value]) => `"${name}" = ${value}`);
  return `{${members.join(", ")}}`;
}
