import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { namePath } from './name-path.js';

/**
 * Writes a file whole or not at all: beside its place first, then moved there. What is no file, a pipe or a device, is
 * written as it stands. `mode` is that of a new file. Throws the system's error; what was there before is still there.
 */
export async function writeWhole(path: string, text: string | Uint8Array, mode = 0o666): Promise<void> {
  const known = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (known && !known.isFile()) return writeFile(path, text).catch((error) => refuse(error, path, path));
  const place = known ? await realpath(path) : path;
  const draft = `${place}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', known ? known.mode & 0o777 : mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    refuse(error, draft, path);
  }
}

/** Names the file that was asked for: nobody knows the draft. */
function refuse(error: unknown, draft: string, path: string): never {
  if (error instanceof Error) error.message = error.message.replaceAll(`'${draft}'`, `'${path}'`);
  throw namePath(error, path);
}
