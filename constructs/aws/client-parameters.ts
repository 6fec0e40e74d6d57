import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";

import { validate, type Rule } from "../core/validation";

export interface ClientParametersProps {
  /** Path above the settings, with a leading slash. */
  readonly path: string;

  /** Public settings by name; each becomes the parameter `<path>/<name>`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A client's public settings as parameters in Parameter Store, one a setting. */
export class ClientParameters extends Construct {
  constructor(scope: Construct, id: string, props: ClientParametersProps) {
    super(scope, id);
    validate(
      this,
      Object.entries(props.settings).flatMap(([name, value]): Rule[] => [
        [
          !/^[A-Za-z0-9._-]+$/.test(name),
          `a setting's name must consist of letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
        ],
        [value === "", `setting ${JSON.stringify(name)} must have a value, got ""`],
      ]),
    );
    for (const [name, value] of Object.entries(props.settings)) {
      new SsmParameter(this, name, { name: `${props.path}/${name}`, type: "String", value });
    }
  }
}
