import { readFile } from 'node:fs/promises';
import { keyFilePath } from './gateway-keys.js';
import { masterKeyOf } from './key-file.js';
import { wrappedUnder } from './wrapped-text.js';

/** Files of keys that are there and under no master key: whoever reads them has the keys. */
export async function clearKeyFiles({
  folder,
  issuerKeys,
}: {
  readonly folder: string;
  readonly issuerKeys?: string | undefined;
}): Promise<string[]> {
  const own = keyFilePath(folder);
  const found = [
    ...((await isClear(own, masterKeyOf)) ? [own] : []),
    ...(issuerKeys !== undefined && (await isClear(issuerKeys, wrappedUnder)) ? [issuerKeys] : []),
  ];
  return found;
}

async function isClear(path: string, masterKeyIn: (text: string, path: string) => string | undefined) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text !== undefined && masterKeyIn(text, path) === undefined;
}
