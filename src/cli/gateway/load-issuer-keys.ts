import { readFile } from 'node:fs/promises';
import { createIssuerKeys, type IssuerKeys, IssuerKeysError, parseIssuerKeys } from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';

/** The issuers' master keys of a file. Throws CommandError, which tells lines and no key. */
export async function loadIssuerKeys(path: string | undefined): Promise<IssuerKeys | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${path}: there is no such file, or it cannot be read`);
  });
  try {
    return createIssuerKeys(parseIssuerKeys(text));
  } catch (error) {
    if (error instanceof IssuerKeysError) throw new CommandError(error.code, `${path}: ${error.message}`);
    throw error;
  }
}
