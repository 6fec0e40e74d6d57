import { readFileSync, writeFileSync } from "node:fs";

import { Command } from "commander";

import { InvalidValueError } from "../constructs/core/errors";
import { toMermaid, type Lineage } from "../constructs/core/lineage";
import { withPicture } from "./markdown";

interface Options {
  readonly json?: boolean;
  readonly write?: string;
}

/**
 * The command line: prints the lineage, or writes it into a file.
 *
 * @param lineage is asked for only when the arguments are right
 * @param print receives what goes to the terminal
 */
export function lineageCommand(lineage: () => Lineage, print: (text: string) => void): Command {
  return new Command("lineage")
    .description("Shows which tables are read and written, and by what: as a Mermaid picture.")
    .option("--json", "print the data instead of the picture")
    .option("--write <file>", "put the picture between the markers of a Markdown file")
    .action(({ json, write }: Options) => {
      if (write !== undefined) {
        const markdown = readMarkdown(write);
        writeFileSync(write, withPicture(markdown, toMermaid(lineage()), write));
        print(`${write} shows the lineage`);
      } else if (json === true) {
        print(JSON.stringify(lineage(), null, 2));
      } else {
        print(toMermaid(lineage()));
      }
    });
}

function readMarkdown(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InvalidValueError(
      `${file} cannot be read; name a Markdown file that is there: ${String(error)}`,
    );
  }
}
