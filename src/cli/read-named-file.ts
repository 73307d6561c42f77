import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CommandError } from './exit-codes.js';
import { namePath } from './name-path.js';

/** A file that an argument names, or the pipe for `-`. Throws {@link CommandError}. */
export async function readNamedFile(path: string): Promise<Uint8Array> {
  if (path === '-') return buffer(process.stdin);
  return readFile(path).catch((error: Error) => {
    namePath(error, path);
    throw new CommandError('file-unreadable', error.message);
  });
}
