import { stripVTControlCharacters } from "node:util";

/** How many lines of Terraform's errors a message repeats; the rest is in the log. */
const MAX_LINES = 12;

/** cdktf begins Terraform's lines with the stack's name and two spaces, or indents them as far. */
const MARGIN = String.raw`(?:\S+ {2}| *)`;

/** The first line of an error, in a frame when Terraform uses colours. */
const FIRST_LINE = new RegExp(`^(${MARGIN})(?:│ )?Error: `);

const ONLY_MARGIN = new RegExp(`^${MARGIN}$`);

/**
 * Terraform's errors in a log, without cdktf's margin, frame, colours and empty lines, so that a message can say why a
 * command failed. Empty when the log holds none.
 */
export function terraformErrors(log: string): string {
  const lines = stripVTControlCharacters(log).split(/\r?\n/);
  const start = lines.findIndex((line) => FIRST_LINE.test(line));
  const width = FIRST_LINE.exec(lines[start] ?? "")?.[1]?.length;
  if (width === undefined) return "";
  // What does not keep the margin is cdktf's own summary.
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => !ONLY_MARGIN.test(line.slice(0, width)));
  const errors = rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.slice(width).replace(/^(?:│ ?|[╷╵]$)/, ""))
    .filter((line) => line.trim() !== "");
  const shown = errors.slice(0, MAX_LINES);
  if (errors.length > shown.length)
    shown.push(`… ${errors.length - shown.length} more lines in the log`);
  return shown.join("\n");
}
