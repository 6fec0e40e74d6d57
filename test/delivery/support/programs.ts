import { join } from "node:path";

import { compiled, sourcesIn } from "../../support/compiled-programs";

/** The delivery programs, and the fake ones they work with. */
export interface Programs {
  /** The command line, which finds the fake cdktf in the real one's place. */
  readonly main: string;
  readonly shim: string;
  /** What programs are run with. */
  readonly program: string;
  /** An executable in Terraform's place. */
  readonly terraform: string;
  readonly cdktf: string;
}

const FAKES = join("test", "delivery", "support");

/** The delivery programs as they are now, beside the fake ones. */
export function deliveryPrograms(): Programs {
  const directory = compiled("delivery", {
    ...sourcesIn("delivery"),
    ...sourcesIn(FAKES),
    "node_modules/cdktf-cli/bundle/bin/cdktf.js": `require("../../../../${FAKES}/fake-cdktf.js");\n`,
    terraform: `#!/bin/sh\nexec '${process.execPath}' "\${0%/*}/${FAKES}/fake-terraform.js" "$@"\n`,
  });
  return {
    main: join(directory, "delivery", "main.js"),
    shim: join(directory, "delivery", "terraform-shim.js"),
    program: join(directory, "delivery", "program.js"),
    terraform: join(directory, "terraform"),
    cdktf: join(directory, FAKES, "fake-cdktf.js"),
  };
}
