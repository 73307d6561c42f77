import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Turns } from '../../../turns/turns.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { type Vector, type VectorFile, vectorFileSchema } from '../../replay/vector.js';
import { writeWhole } from '../../write-whole.js';
import { type RecordedTap, sessionVector } from './session-vector.js';

/** Where `--record` writes: a vector file, new or with the taps that it has already. */
export interface RecordingFile {
  /** Adds a tap; the file then holds all of them or, where it cannot be written, those that it held before. */
  add(tap: RecordedTap): Promise<void>;
  /** The same for a transaction that is no tap; the file gives the id. */
  addVector(vectorOf: (id: string) => Vector): Promise<void>;
}

const OWNER_ONLY = 0o600;

/**
 * Looks at the file before a card is asked for anything, so that no tap is lost for a wrong path. Throws
 * {@link CommandError}.
 */
export async function openRecordingFile(path: string): Promise<RecordingFile> {
  const file = await readExisting(path);
  await access(dirname(path), constants.W_OK).catch((error: Error) => {
    throw unwritable(path, error, NOTHING_TAPPED);
  });
  const addOne: RecordingFile['addVector'] = async (vectorOf) => {
    const taken = new Set(file.vectors.map(({ id }) => id));
    let number = file.vectors.length + 1;
    while (taken.has(`tap-${number}`)) number++;
    file.vectors.push(vectorOf(`tap-${number}`));
    await writeWhole(path, `${JSON.stringify(file, undefined, 2)}\n`, OWNER_ONLY).catch((error: Error) => {
      throw unwritable(path, error, 'The tap itself is kept.', exitCodes.partMissing);
    });
  };
  const turns = new Turns();
  const addVector: RecordingFile['addVector'] = (vectorOf) => turns.take(() => addOne(vectorOf));
  return { addVector, add: (tap) => addVector((id) => sessionVector(id, tap)) };
}

async function readExisting(path: string): Promise<VectorFile> {
  const empty: VectorFile = { suite: 'taps', source: 'recorded with yongtap tap --record', vectors: [] };
  const known = await stat(path).catch(() => undefined);
  if (known === undefined || !(known.isFile() || known.isDirectory())) return empty;
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw unwritable(path, error, NOTHING_TAPPED);
  });
  if (text.trim() === '') return empty;
  try {
    return vectorFileSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(
      'record-exists',
      `${path} is there already, and no recording`,
      undefined,
      'Take another name; a file of recordings gets one tap more.',
    );
  }
}

const NOTHING_TAPPED = 'No card was tapped. Make the folder, or take another name.';

const unwritable = (path: string, { message }: Error, hint: string, exitCode?: number): CommandError =>
  new CommandError('record-unwritable', `${path} cannot be written: ${message}`, exitCode, hint);
