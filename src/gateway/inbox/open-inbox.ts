import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../folders/make-folder.js';
import type { Job } from '../jobs/index.js';
import type { InboxOptions } from './inbox-options.js';
import { InboxPause } from './inbox-pause.js';
import { realMoves, takeFile } from './take-file.js';
import { removeDrafts, watchFolder } from './watch-folder.js';

const LOOK_SECONDS = 2;

/** A file that cannot be finished now is left alone for so long. */
const POSTPONED_MS = 30_000;

const ID_FILE = '.yongtap-inbox';

/**
 * The job that takes in what is dropped in a folder. Of all gateways that share the books and the folder one does it at
 * a time (docs/decisions/0027). Makes the folder where it is missing; throws the system's error where it cannot.
 */
export async function openInbox(options: InboxOptions): Promise<Job> {
  const { folder, now } = options;
  makeFolder(folder);
  const id = await folderId(folder, options.random);
  const watch = watchFolder(folder, {
    now,
    onUnreadable: (operator, error) =>
      options.logger.error({ operator, err: error }, 'a folder of the inbox cannot be read'),
    onNobodys: (name) => options.logger.warn({ file: name }, 'a file of the inbox lies in no operator’s folder'),
  });
  const postponed = new Map<string, number>();
  return {
    name: `inbox-${id}`,
    everySeconds: LOOK_SECONDS,
    async run(signal) {
      await removeDrafts(folder);
      for (const [path, until] of postponed) if (until <= now()) postponed.delete(path);
      for (const file of await watch()) {
        if (signal.aborted) return;
        if (postponed.has(file.path)) continue;
        try {
          await takeOne(options, file, signal);
        } catch (error) {
          if (signal.aborted) return;
          postponed.set(file.path, now() + POSTPONED_MS);
          options.fileDone('postponed');
          const { operator, name } = file;
          options.logger.error({ operator, file: name, err: error }, 'a file of the inbox is put off');
          if (error instanceof InboxPause) return;
        }
      }
    },
  };
}

async function takeOne(
  options: InboxOptions,
  file: { operator: string; name: string; path: string },
  signal: AbortSignal,
) {
  const start = options.now();
  const { outcome, lines, counts } = await takeFile({ ...options, moves: options.moves ?? realMoves }, file, signal);
  options.fileDone(outcome);
  const elapsedMs = Math.round(options.now() - start);
  const about = { operator: file.operator, file: file.name, outcome, lines, ...counts, elapsedMs };
  // Nobody asked for these answers: what was no record is seen here or nowhere.
  if (outcome === 'done' && !counts.invalid) options.logger.info(about, 'a file of the inbox');
  else options.logger.warn(about, 'a file of the inbox');
}

/** The same for every gateway that sees this folder, wherever it is mounted, and another for every other folder. */
async function folderId(folder: string, random: (length: number) => Uint8Array): Promise<string> {
  const path = join(folder, ID_FILE);
  const fresh = Buffer.from(random(6)).toString('hex');
  await writeFile(path, fresh, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const known = (await readFile(path, 'utf8')).trim();
  if (/^[0-9a-f]{12}$/.test(known)) return known;
  // Its maker died before it was written.
  await writeFile(path, fresh);
  return fresh;
}
