/** The ephemeral block of a secret that is read by ARN. */
export function readSecret(secret: string): object {
  return { secret_id: `\${aws_secretsmanager_secret.${secret}.arn}` };
}

/** A field of a secret that was read, as an expression without its braces. */
export function secretField(ephemeral: string, field: string): string {
  return `jsondecode(ephemeral.aws_secretsmanager_secret_version.${ephemeral}.secret_string)["${field}"]`;
}

/**
 * The output that stops a plan whose secret was made for something else.
 *
 * @param expected what each public field must be, as references without braces
 */
export function secretCheck(ephemeral: string, expected: Readonly<Record<string, string>>): object {
  return {
    description: "What the secret that this stack works with was made for.",
    value: Object.fromEntries(
      Object.entries(expected).map(([field, reference]) => [field, `\${${reference}}`]),
    ),
    precondition: Object.entries(expected).map(([field, reference]) => ({
      condition: `\${(${secretField(ephemeral, field)} == ${reference})}`,
      error_message: `The secret's ${field} is not that of this environment. Deploy streaming-credentials, or look who else wrote the secret.`,
    })),
  };
}
