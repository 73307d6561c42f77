import { join } from 'node:path';
import type { SettlementView } from '../../gateway/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { openOutputFile } from '../output-file.js';

type Format = 'csv' | 'json';

/**
 * Another one for every settlement, for who carries is a sponsor as well where they fund a discount of their own. Of a
 * party's name, which may hold anything, letters, digits, hyphens and underscores stand as they are.
 */
export function settlementFileName(
  { serviceDay, partyKind, party, number }: Pick<SettlementView, 'serviceDay' | 'partyKind' | 'party' | 'number'>,
  format: Format,
): string {
  const name = party.replace(/[^\p{L}\p{N}_-]/gu, escaped);
  return `${serviceDay}-${name}-${number}${partyKind === 'sponsor' ? '.sponsor' : ''}.${format}`;
}

const escaped = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16)}`).join('');

/**
 * Writes a file of a settlement as `writeTo` hands it over, and holds it against the hash that the settlement was made
 * with. Throws {@link CommandError} and the system's error.
 */
export async function writeSettlementFile(
  folder: string,
  settlement: SettlementView,
  format: Format,
  writeTo: (write: (chunk: string | Uint8Array) => Promise<void>) => Promise<unknown>,
): Promise<void> {
  const path = join(folder, settlementFileName(settlement, format));
  const file = openOutputFile(path);
  await writeTo(file.write);
  if ((await file.close()) === settlement.files[format].sha256) return;
  const hint = 'Fetch it again: the answer was cut off, or changed on its way.';
  throw new CommandError('settlement-file-changed', `${path} is not what was settled`, exitCodes.no, hint);
}
