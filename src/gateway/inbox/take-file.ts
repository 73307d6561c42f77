import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { makeFolder } from '../../folders/make-folder.js';
import { syncFolder } from '../../folders/sync-folder.js';
import { type AnsweredLine, answerLines } from '../http/answer-lines.js';
import { readStream } from '../http/read-stream.js';
import { answerText } from '../intake/index.js';
import type { FileMoves, InboxOptions } from './inbox-options.js';
import { InboxPause } from './inbox-pause.js';
import { type DroppedFile, stateOf } from './watch-folder.js';

export interface TakenFile {
  /** `failed`: it, or a line of it, could not be read or kept; what could be is. */
  readonly outcome: 'done' | 'failed';
  readonly lines: number;
  /** How its lines were answered. */
  readonly counts: Readonly<Partial<Record<LineOutcome, number>>>;
}

/** `invalid`: it is no record, or not one that may come from here. */
type LineOutcome = NonNullable<AnsweredLine['result']> | 'invalid';

interface TakeOptions extends InboxOptions {
  readonly moves: FileMoves;
}

export const realMoves: FileMoves = {
  async rename(from, to) {
    await rename(from, to);
    await syncFolder(dirname(to));
  },
};

const PAUSES = new Set(['database-unreachable', 'database-full']);

/**
 * Takes in a file, line by line, and moves it away with its answers beside it. Whenever this ends halfway, the file is
 * still there and doing it again gives the same books: first the answers get their name, then the file is moved.
 * Throws InboxPause where the database keeps nothing now, and the system's errors.
 */
export async function takeFile(options: TakeOptions, file: DroppedFile, signal: AbortSignal): Promise<TakenFile> {
  const state = await stateOf(file.path);
  const finished = await findAnswers(file);
  if (finished) {
    await options.moves.rename(file.path, finished.target);
    return { outcome: finished.outcome, lines: 0, counts: {} };
  }
  const draft = join(dirname(file.path), `.${Buffer.from(options.random(8)).toString('hex')}.draft`);
  try {
    const taken = await answerInto(options, file, draft, signal);
    signal.throwIfAborted();
    if (state === undefined || (await stateOf(file.path)) !== state) throw new Error('it changed while it was read');
    const target = await targetOf(file, taken.outcome);
    makeFolder(dirname(target));
    await options.moves.rename(draft, answersOf(target));
    await options.moves.rename(file.path, target);
    return taken;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

async function answerInto(
  options: TakeOptions,
  { operator, path, name }: DroppedFile,
  draft: string,
  signal: AbortSignal,
): Promise<TakenFile> {
  const answers = await open(draft, 'wx');
  const source = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(async (error: unknown) => {
    await answers.close();
    throw error;
  });
  const bytes = openBytes(source, name);
  try {
    const from = { maySpeakFor: (each: string) => each === operator, uploadedAt: options.clock() };
    let lines = 0;
    let isWhole = true;
    const counts: Partial<Record<LineOutcome, number>> = {};
    for await (const group of answerLines(options, from, readStream(bytes))) {
      const all = group.broken ? [...group.lines, group.broken] : group.lines;
      pauseWhere(all);
      if (all.some(({ status }) => status >= 500) || group.broken) isWhole = false;
      for (const { result = 'invalid' } of all) counts[result] = (counts[result] ?? 0) + 1;
      await answers.appendFile(all.map((line) => `${answerText({ index: lines++, ...line })}\n`).join(''));
      signal.throwIfAborted();
    }
    await answers.sync();
    return { outcome: isWhole ? 'done' : 'failed', lines, counts };
  } finally {
    bytes.destroy();
    await answers.close();
    await source.close();
  }
}

function pauseWhere(lines: readonly AnsweredLine[]): void {
  const code = lines.find((line) => line.code !== undefined && PAUSES.has(line.code))?.code;
  if (code !== undefined) throw new InboxPause(code);
}

function openBytes(source: FileHandle, name: string): Readable {
  const bytes = source.createReadStream({ autoClose: false });
  return name.toLowerCase().endsWith('.gz') ? pipeline(bytes, createGunzip(), () => {}) : bytes;
}

const answersOf = (target: string): string => `${target}.answers`;

/**
 * Where a file goes: under its name and the time of its last change, so that a name may come again, and so that answers
 * whose file has not followed yet are known as its own.
 */
async function* targetsOf({ path, name }: DroppedFile, outcome: TakenFile['outcome']): AsyncGenerator<string> {
  const { mtime } = await lstat(path);
  const [, stem, ending] = /^(.*?)(\.(?:ndjson|jsonl)(?:\.gz)?)$/i.exec(name)!;
  const stamp = mtime.toISOString().replace(/[-:.]/g, '');
  for (let nth = 1; ; nth++) {
    yield join(dirname(path), outcome, `${roomyStem(stem!)}.${stamp}${nth === 1 ? '' : `-${nth}`}${ending}`);
  }
}

/** Most disks know names of 255 bytes. */
const STEM_BYTES_MAX = 192;
const HASH_DIGITS = 16;

/** A stem behind which there is room; one that is cut tells by its hash which file it was. */
function roomyStem(stem: string): string {
  if (Buffer.byteLength(stem) <= STEM_BYTES_MAX) return stem;
  const hash = createHash('sha256').update(stem).digest('hex').slice(0, HASH_DIGITS);
  const characters = [...stem];
  while (Buffer.byteLength(characters.join('')) + 1 + HASH_DIGITS > STEM_BYTES_MAX) characters.pop();
  return `${characters.join('')}-${hash}`;
}

async function targetOf(file: DroppedFile, outcome: TakenFile['outcome']): Promise<string> {
  for await (const target of targetsOf(file, outcome)) if (!(await isThere(target))) return target;
  throw new Error('unreachable');
}

/** The answers of a file that only had to be moved when its gateway died. */
async function findAnswers(
  file: DroppedFile,
): Promise<{ readonly target: string; readonly outcome: TakenFile['outcome'] } | undefined> {
  for (const outcome of ['done', 'failed'] as const) {
    const target = await targetOf(file, outcome);
    if (await isThere(answersOf(target))) return { target, outcome };
  }
  return undefined;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
