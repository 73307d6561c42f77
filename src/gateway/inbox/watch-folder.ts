import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that is complete, and whose it is. */
export interface DroppedFile {
  readonly operator: string;
  readonly name: string;
  readonly path: string;
}

interface Sight {
  readonly state: string;
  readonly since: number;
}

/** A file that has not changed for so long is complete. */
const QUIET_MS = 3000;

const RECORDS = /^[^.].*\.(ndjson|jsonl)(\.gz)?$/i;
const DRAFT = /^\..*\.draft$/;

export interface FolderWatch {
  readonly now: () => number;
  /** Of an operator's folder that cannot be read: once until it can again. */
  onUnreadable(operator: string, error: unknown): void;
  /** Of a file beside the folders of the operators: once as long as it lies there. */
  onNobodys(name: string): void;
}

/**
 * Gives the files that have not changed since it was asked some seconds ago, by operator and name. Where the folder of
 * one operator cannot be read those of the others are looked at all the same.
 */
export function watchFolder(
  folder: string,
  { now, onUnreadable, onNobodys }: FolderWatch,
): () => Promise<readonly DroppedFile[]> {
  let seen: ReadonlyMap<string, Sight> = new Map();
  const unreadable = new Set<string>();
  let nobodys: ReadonlySet<string> = new Set();
  const recordsOf = async (operator: string): Promise<readonly string[]> => {
    try {
      const names = await readdir(join(folder, operator));
      unreadable.delete(operator);
      return names.filter((each) => RECORDS.test(each)).sort();
    } catch (error) {
      if (!unreadable.has(operator)) onUnreadable(operator, error);
      unreadable.add(operator);
      return [];
    }
  };
  return async () => {
    const still = new Map<string, Sight>();
    const complete: DroppedFile[] = [];
    const { operators, others } = await readInbox(folder);
    for (const name of others) if (!nobodys.has(name)) onNobodys(name);
    nobodys = new Set(others);
    for (const operator of operators) {
      for (const name of await recordsOf(operator)) {
        const path = join(folder, operator, name);
        const state = await stateOf(path);
        if (state === undefined) continue;
        const before = seen.get(path);
        const since = before?.state === state ? before.since : now();
        still.set(path, { state, since });
        if (now() - since >= QUIET_MS) complete.push({ operator, name, path });
      }
    }
    seen = still;
    return complete;
  };
}

/** Drafts of answers whose writer has died or lost the folder. */
export async function removeDrafts(folder: string): Promise<void> {
  for (const operator of (await readInbox(folder)).operators) {
    const names = await readdir(join(folder, operator)).catch(() => []);
    for (const name of names.filter((each) => DRAFT.test(each)))
      await rm(join(folder, operator, name), { force: true });
  }
}

async function readInbox(folder: string): Promise<{ operators: readonly string[]; others: readonly string[] }> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const namesOf = (isWanted: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === isWanted)
      .map(({ name }) => name)
      .sort();
  return { operators: namesOf(true), others: namesOf(false) };
}

/** What changes when a file does; `undefined` for what is no file, a link among others: it may lead anywhere. */
export async function stateOf(path: string): Promise<string | undefined> {
  const stat = await lstat(path).catch(() => undefined);
  return stat?.isFile() ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : undefined;
}
