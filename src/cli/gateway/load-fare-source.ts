import { readFile } from 'node:fs/promises';
import { parseFareFile } from '../../gateway/index.js';

/** A file of one's own where the name is one, else an id of the box. */
export async function loadFareSource(idOrFile: string, code: 'tariff-invalid' | 'campaigns-invalid'): Promise<unknown> {
  if (!/\.(ya?ml|json)$/i.test(idOrFile)) return idOrFile;
  return parseFareFile(await readFile(idOrFile, 'utf8'), code);
}
