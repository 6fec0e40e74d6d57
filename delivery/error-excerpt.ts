import { stripVTControlCharacters } from "node:util";

/** How many lines of Terraform's errors a message repeats; the rest is in the log. */
const MAX_LINES = 12;

/**
 * Terraform's error boxes in a log, without frame and colours, so that a message can say why a command failed.
 * Empty when the log holds none.
 */
export function terraformErrors(log: string): string {
  const lines = stripVTControlCharacters(log)
    .split(/\r?\n/)
    .map((line) => /[│|] ?(.*)$/.exec(line)?.[1] ?? "");
  const start = lines.findIndex((line) => line.startsWith("Error: "));
  if (start < 0) return "";
  const errors = lines.slice(start).filter((line) => line.trim() !== "");
  const shown = errors.slice(0, MAX_LINES);
  if (errors.length > shown.length)
    shown.push(`… ${errors.length - shown.length} more lines in the log`);
  return shown.join("\n");
}
