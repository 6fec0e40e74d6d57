import { join } from "node:path";

import { projectRoot } from "../provider/project-root";

/** A Python file of this folder. They are run from the sources, wherever the compiled program lies. */
export function pythonFile(
  name: "server.py" | "inventory.py" | "push_image.py" | "requirements.txt",
): string {
  return join(projectRoot(), "sandbox", "aws", name);
}

/** Ignore the PYTHON* variables and the person's own packages, but import a program's neighbours. */
export const ISOLATED = ["-E", "-s"];
