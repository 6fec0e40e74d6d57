/**
 * Reads a `.dockerignore`, as far as it names files and folders with `*` and `**`: later lines win, and `!` takes back.
 *
 * @returns whether a build can see a file, by its path in the build's context
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function visibleFiles(text: string): (path: string) => boolean {
  const rules = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const visible = line.startsWith("!");
      return { visible, pattern: patternOf(visible ? line.slice(1) : line) };
    });
  return (path) =>
    rules.reduce((seen, { visible, pattern }) => (pattern.test(path) ? visible : seen), true);
}

/** A pattern that names a folder is for all that lies in it. */
function patternOf(glob: string): RegExp {
  const source = glob
    .split("/")
    .map((part) =>
      part === "**"
        ? "**"
        : part
            .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
            .replaceAll("*", "[^/]*")
            .replaceAll("?", "[^/]"),
    )
    .join("/")
    .replaceAll("**/", "(?:.*/)?")
    .replaceAll("**", ".*");
  return new RegExp(`^${source}(?:/.*)?$`);
}
