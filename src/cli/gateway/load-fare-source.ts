import { readFile } from 'node:fs/promises';
import {
  FareError,
  parseBenefitLists,
  parseCampaigns,
  parseCardPolicy,
  parseCollectionPolicy,
  parseLoanPolicy,
  parseMembershipPolicy,
  parseTariff,
  parseTariffFiles,
} from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';

const parsers = {
  tariff: parseTariff,
  campaigns: parseCampaigns,
  membershipPolicy: parseMembershipPolicy,
  cardPolicy: parseCardPolicy,
  collectionPolicy: parseCollectionPolicy,
  loanPolicy: parseLoanPolicy,
  benefitLists: parseBenefitLists,
} as const;

/** What of the rules a file holds. */
export type FareSource = keyof typeof parsers;

/** Whether a name is a file of one's own, and no id of the box. */
export const isFareFile = (idOrFile: string): boolean => /\.(ya?ml|json)$/i.test(idOrFile);

/** A file of one's own where the name is one, checked and with its lines told, else an id of the box. */
export async function loadFareSource(idOrFile: string, source: FareSource): Promise<unknown> {
  if (!isFareFile(idOrFile)) return idOrFile;
  const text = await readFareFile(idOrFile);
  return orCommandError(() => parsers[source](text, idOrFile));
}

/** Ids of the box as they are and files as tariffs, of which one may be based on another. */
export async function loadTariffSources(idsOrFiles: readonly string[]): Promise<readonly unknown[]> {
  const names = idsOrFiles.filter(isFareFile);
  const files = await Promise.all(names.map(async (file) => ({ file, text: await readFareFile(file) })));
  const tariffs = orCommandError(() => parseTariffFiles(files));
  return idsOrFiles.map((each) => (isFareFile(each) ? tariffs[names.indexOf(each)] : each));
}

export const readFareFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${file}: there is no such file, or it cannot be read`);
  });

function orCommandError<Value>(load: () => Value): Value {
  try {
    return load();
  } catch (error) {
    throw error instanceof FareError ? new CommandError(error.code, error.message) : error;
  }
}
