import { readFile } from 'node:fs/promises';
import { FareError, parseCampaigns, parseTariff } from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';

const parsers = { 'tariff-invalid': parseTariff, 'campaigns-invalid': parseCampaigns } as const;

/** Whether a name is a file of one's own, and no id of the box. */
export const isFareFile = (idOrFile: string): boolean => /\.(ya?ml|json)$/i.test(idOrFile);

/** A file of one's own where the name is one, checked and with its lines told, else an id of the box. */
export async function loadFareSource(idOrFile: string, code: keyof typeof parsers): Promise<unknown> {
  if (!isFareFile(idOrFile)) return idOrFile;
  const text = await readFile(idOrFile, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${idOrFile}: there is no such file, or it cannot be read`);
  });
  try {
    return parsers[code](text, idOrFile);
  } catch (error) {
    throw error instanceof FareError ? new CommandError(error.code, error.message) : error;
  }
}
