import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../folders/make-folder.js';
import { CommandError, exitCodes } from '../exit-codes.js';

const LENGTH = 32;

/** 32 secret bytes in a file that only its owner can read, made when they are first asked for. */
export async function secretFile(path: string): Promise<Uint8Array> {
  const secret = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return makeSecret(path);
    throw error;
  });
  if (secret.length === LENGTH) return secret;
  throw new CommandError(
    'key-file-damaged',
    `${path} holds ${secret.length} bytes, not ${LENGTH}`,
    exitCodes.partMissing,
    'Without it the taps beside it cannot be read. Put it back from a copy, or move the folder away to begin anew.',
  );
}

/** Written whole beside its place and then linked there: of two processes one wins, and both read the same secret. */
async function makeSecret(path: string): Promise<Uint8Array> {
  makeFolder(dirname(path), 0o700);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(LENGTH));
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return readFile(path);
}
