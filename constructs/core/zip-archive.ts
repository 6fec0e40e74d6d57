import { crc32 } from "node:zlib";

import type { TreeFile } from "./file-tree";

/** Files may be read by everybody and written by their owner, as UNIX keeps it in the upper half of the attributes. */
const MODE = 0o100644 << 16;

/** Written by UNIX, in version 2.0 of the format. */
const MADE_BY = (3 << 8) | 20;

/** 1 January 1980, the format's first day. */
const DATE = (1 << 5) | 1;

/** Names are UTF-8. */
const FLAGS = 1 << 11;

/**
 * A ZIP archive that is the same bytes for the same files on every machine, so that its hash changes with its content and
 * with nothing else: sorted, at one time, and stored as they are. Versions of zlib compress differently, and a laptop would
 * undo what CI has deployed.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipArchive(files: readonly TreeFile[]): Buffer {
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of sorted) {
    const name = Buffer.from(path, "utf8");
    const facts = commonFacts(name, content);
    directory.push(directoryHeader(facts, offset), name);
    const entry = Buffer.concat([words(["u32", 0x04034b50]), facts, name, content]);
    entries.push(entry);
    offset += entry.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...entries, index, endRecord(sorted.length, index.length, offset)]);
}

/** What the header before a file and its line in the directory have in common. */
function commonFacts(name: Buffer, content: Buffer): Buffer {
  return words(
    ["u16", 20], // version that can read it
    ["u16", FLAGS],
    ["u16", 0], // stored
    ["u16", 0], // midnight
    ["u16", DATE],
    ["u32", crc32(content)],
    ["u32", content.length],
    ["u32", content.length],
    ["u16", name.length],
    ["u16", 0], // no extra field
  );
}

function directoryHeader(facts: Buffer, offset: number): Buffer {
  return Buffer.concat([
    words(["u32", 0x02014b50], ["u16", MADE_BY]),
    facts,
    // No comment, first disk, no internal attributes.
    words(["u16", 0], ["u16", 0], ["u16", 0], ["u32", MODE >>> 0], ["u32", offset]),
  ]);
}

function endRecord(count: number, length: number, offset: number): Buffer {
  return words(
    ["u32", 0x06054b50],
    ["u16", 0],
    ["u16", 0],
    ["u16", count],
    ["u16", count],
    ["u32", length],
    ["u32", offset],
    ["u16", 0], // no comment
  );
}

/** Numbers as the format writes them: the lowest byte first. */
function words(...values: readonly (readonly [type: "u16" | "u32", value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([type, value]) => {
      const bytes = Buffer.alloc(type === "u16" ? 2 : 4);
      bytes.writeUIntLE(value, 0, bytes.length);
      return bytes;
    }),
  );
}
