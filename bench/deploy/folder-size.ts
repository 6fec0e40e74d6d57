import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The bytes of all files below a folder; a link counts for nothing, because what it leads to counts where it is. */
export function folderSize(
  folder: string,
  leftOut: (name: string) => boolean = () => false,
): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !leftOut(entry.name))
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return folderSize(path);
      }
      return entry.isFile() ? lstatSync(path).size : 0;
    })
    .reduce((sum, size) => sum + size, 0);
}
