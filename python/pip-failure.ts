/** What a failed installation means and what to do, each recognised by what pip or the system prints. */
const MEANINGS: readonly { readonly printed: RegExp; readonly meaning: string }[] = [
  {
    printed: /DO NOT MATCH THE HASHES|doesn't match the hash|not? match.*hash/i,
    meaning:
      "a downloaded package is not the one that the locked list names by its hash. " +
      "A package mirror or a proxy changes what it serves: let pip read from PyPI itself",
  },
  {
    printed: /No space left on device/i,
    meaning: "the disk is full: the largest environment needs about 1 GB",
  },
  {
    printed: /Read-only file system|Permission denied/i,
    meaning: "the directory cannot be written: make it writable for you",
  },
  {
    printed:
      /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries exceeded|Connection refused|name resolution|Name or service not known/i,
    meaning:
      "the package registry cannot be reached. Connect once, or tell pip about your proxy " +
      "(HTTPS_PROXY) or package mirror (PIP_INDEX_URL); later runs need no network",
  },
  {
    printed: /No matching distribution found/i,
    meaning:
      "a package has no ready-built form for this Python on this machine. " +
      "Name another Python with PYTHON=<path>; 3.11 and 3.12 have all of them",
  },
];

/** One sentence or two on why pip (or venv) failed, from what it printed. */
export function meaningOfFailure(printed: string): string {
  const known = MEANINGS.find((candidate) => candidate.printed.test(printed));
  if (known) {
    return known.meaning;
  }
  const lines = printed.trim().split("\n");
  return `it ended with: ${lines.slice(-5).join("\n")}`;
}
