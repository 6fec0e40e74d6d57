import { InvalidValueError } from "../constructs/core/errors";

const BEGIN = "<!-- lineage:begin -->";
const END = "<!-- lineage:end -->";

/**
 * A Markdown text with the picture between its markers, in place of the one that was there.
 *
 * @param file named in the message.
 * @throws InvalidValueError when the text has no place for it
 */
export function withPicture(markdown: string, mermaid: string, file: string): string {
  const begin = markdown.indexOf(BEGIN);
  const end = markdown.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new InvalidValueError(
      `${file} must say where the picture goes: a line ${BEGIN}, and below it a line ${END}`,
    );
  }
  const before = markdown.slice(0, begin + BEGIN.length);
  return `${before}\n\n\`\`\`mermaid\n${mermaid}\n\`\`\`\n\n${markdown.slice(end)}`;
}
