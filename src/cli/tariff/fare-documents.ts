import { boxedCampaigns, boxedTariffSets, boxedTariffs } from '../../gateway/fares/index.js';
import { CommandError } from '../exit-codes.js';
import { isFareFile, readFareFile } from '../gateway/load-fare-source.js';

export interface FareDocument {
  /** The file, or the id in the box. */
  readonly file: string;
  readonly text: string;
}

/** What a name stands for: a file of one's own, or all that the box has under an id. Throws {@link CommandError}. */
export async function fareDocuments(idOrFile: string): Promise<readonly FareDocument[]> {
  const boxed = isFareFile(idOrFile) ? [] : inTheBox(idOrFile);
  if (boxed.length > 0) return boxed;
  const text = await readFareFile(idOrFile).catch((error: unknown) => {
    throw isFareFile(idOrFile) ? error : unknownId(idOrFile);
  });
  return [{ file: idOrFile, text }];
}

/** A tariff or the versions of one, and campaigns: some have the same id. */
function inTheBox(id: string): FareDocument[] {
  const tariffs = Object.hasOwn(boxedTariffSets, id) ? boxedTariffSets[id]! : [id];
  return [...tariffs.map((each) => [boxedTariffs, each] as const), [boxedCampaigns, id] as const].flatMap(
    ([box, file]) => (Object.hasOwn(box, file) ? [{ file, text: box[file]! }] : []),
  );
}

export const unknownId = (id: string): CommandError =>
  new CommandError(
    'fares-unknown',
    `${id} is no file, and no id in the box`,
    undefined,
    `Tariffs: ${[...Object.keys(boxedTariffSets), ...Object.keys(boxedTariffs)].join(', ')}. Campaigns: ${Object.keys(boxedCampaigns).join(', ')}.`,
  );
