import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Who works in one of another machine, or of another container, changes something there more often than this. */
const LEFT_AFTER_MS = 3_600_000;

/** A new folder beside another one, named for it and for this process, so that one that is left behind is known. */
export const makeBeside = (path: string): Promise<string> => mkdtemp(`${prefixOf(path)}${process.pid}-`);

const prefixOf = (path: string): string => join(dirname(path), `.${basename(path)}-`);

/** Removes a folder when a signal ends this process. Gives what ends this watch. */
export function removeOnSignal(folder: string): () => void {
  const end = (signal: NodeJS.Signals) => {
    forget();
    rmSync(folder, { recursive: true, force: true });
    process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return forget;
}

/** Removes what was made beside a folder by processes that were killed. */
export async function removeLeftBeside(path: string, now: number): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    const place = join(dirname(path), name);
    const [maker] = place.startsWith(prefixOf(path)) ? place.slice(prefixOf(path).length).split('-') : [];
    if (maker === undefined || !/^\d+$/.test(maker) || isAlive(Number(maker))) continue;
    if ((await lastChange(place)) < now - LEFT_AFTER_MS) await rm(place, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Of a folder and what lies in it. */
async function lastChange(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const places = [folder, ...names.map((name) => join(folder, name))];
  const times = places.map((place) =>
    stat(place).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  );
  return Math.max(...(await Promise.all(times)));
}
