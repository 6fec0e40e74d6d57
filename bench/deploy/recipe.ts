/**
 * What one stage of a Dockerfile runs, in order.
 *
 * @throws Error when there is no stage of this name, or it runs nothing
 */
export function runsOfStage(dockerfile: string, stage: string): readonly string[] {
  const runs: string[] = [];
  let inside = false;
  for (const line of instructions(dockerfile)) {
    if (line.startsWith("FROM ")) {
      inside = line.endsWith(` AS ${stage}`);
    } else if (inside && line.startsWith("RUN ")) {
      runs.push(line.slice("RUN ".length));
    }
  }
  if (runs.length === 0) {
    throw new Error(`the Dockerfile has no stage ${stage} that runs anything`);
  }
  return runs;
}

/** The instructions, one line each, without comments. */
function instructions(dockerfile: string): readonly string[] {
  return dockerfile
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "");
}
