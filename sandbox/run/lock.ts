import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { isRecord } from "../../delivery/json";
import {
  isProcessIdentity,
  isRunning,
  ownIdentity,
  type ProcessIdentity,
} from "../../delivery/process-table";
import { UserError } from "../../delivery/user-error";

/**
 * Takes the lock that only one sandbox command at a time may hold; a lock whose owner has gone is taken over.
 *
 * @param command what the owner does, such as `run`; another command's refusal names it
 * @returns a function that gives the lock back
 * @throws UserError while another command holds it; says which process, and how to end it
 */
export function takeLock(file: string, command: string): () => void {
  // A lock is written beside its place and linked there, which fails when there is one: so it is never seen half-written.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ owner: ownIdentity(), command }));
  try {
    while (!tryLink(draft, file)) removeStale(file);
  } finally {
    rmSync(draft);
  }
  return () => {
    rmSync(file, { force: true });
  };
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function removeStale(file: string): void {
  refuseWhileHeld(file);
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside); // of two commands that find it stale, one succeeds
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw error;
  }
  try {
    refuseWhileHeld(aside); // the other one may have taken the lock between our look and our move
  } catch (error) {
    tryLink(aside, file);
    throw error;
  } finally {
    rmSync(aside);
  }
}

/** @throws UserError when the owner that a lock names still runs */
function refuseWhileHeld(file: string): void {
  const holder = readHolder(file);
  if (!holder || !isRunning(holder.owner)) return;
  throw new UserError(
    `another sandbox command is at work (${holder.command}, process ${holder.owner.pid}): ` +
      `wait for it, or stop it with \`kill -INT ${holder.owner.pid}\``,
  );
}

function isCode(error: unknown, code: string): boolean {
  return isRecord(error) && error["code"] === code;
}

interface Holder {
  readonly owner: ProcessIdentity;
  readonly command: string;
}

function readHolder(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!isRecord(holder)) return undefined;
    const { owner, command } = holder;
    if (!isProcessIdentity(owner) || typeof command !== "string") return undefined;
    return { owner, command };
  } catch {
    return undefined; // gone meanwhile, or not ours: nobody holds it
  }
}
