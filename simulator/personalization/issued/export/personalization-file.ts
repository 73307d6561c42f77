import { fromHex } from '../../../../emv/bytes.js';
import { decode, flatten } from '../../../../emv/tlv/index.js';
import type { CardFile } from '../../../card/index.js';
import { answerGroupings } from './answer-groupings.js';
import { type DataGrouping, encodeGrouping } from './data-grouping.js';
import { internalGroupings } from './internal-groupings.js';
import { recordGroupings } from './record-groupings.js';
import { secretGroupings } from './secret-groupings.js';

/** What a personalization machine is handed for an application. */
export interface PersonalizedApplication {
  /** Upper-case hex. */
  readonly applicationIdentifier: string;
  readonly label: string;
  readonly groupings: readonly DataGrouping[];
}

/**
 * A card as data groupings (EMV CPS 1.1; JR/T 0025.10-2013 6.4). Values are those that the card was personalized with,
 * what scripts have changed and its purse and counters among them as they stand now. Of a card with both algorithms the
 * groupings are those of RSA.
 */
export function personalizationOf(
  file: CardFile,
  { secrets = false }: { readonly secrets?: boolean } = {},
): PersonalizedApplication[] {
  return file.applications.map((personalized, index) => {
    const { changedData, balance, secondBalance, applicationTransactionCounter } = file.state[index]!;
    const data = { ...personalized.data, ...changedData };
    const living = {
      '9F79': balance.toString().padStart(12, '0'),
      DF79: secondBalance.toString().padStart(12, '0'),
      '9F36': applicationTransactionCounter.toString(16).padStart(4, '0').toUpperCase(),
    };
    const now = Object.entries(living).filter(([tag]) => data[tag] !== undefined);
    const application = { ...personalized, data: { ...data, ...Object.fromEntries(now) } };
    const outside = [...recordGroupings(file, application), ...answerGroupings(file, application)];
    const elsewhere = new Set(outside.flatMap(({ data: bytes }) => [...flatten(decode(bytes)).keys()]));
    return {
      applicationIdentifier: application.applicationIdentifier,
      label: application.label,
      groupings: [
        ...outside,
        ...internalGroupings(application, elsewhere),
        ...(secrets ? secretGroupings(file, application) : []),
      ],
    };
  });
}

const COMMAND_DATA_MAX = 255;
const LAST = 0x80;

/** STORE DATA commands of an application, a grouping in each or in several (EMV CPS 1.1 §3.5); none is enciphered. */
export function storeDataCommands({ groupings }: PersonalizedApplication): Uint8Array[] {
  const pieces = groupings.flatMap((grouping) => {
    const bytes = fromHex(encodeGrouping(grouping));
    const count = Math.ceil(bytes.length / COMMAND_DATA_MAX);
    return Array.from({ length: count }, (_, index) =>
      bytes.subarray(index * COMMAND_DATA_MAX, (index + 1) * COMMAND_DATA_MAX),
    );
  });
  return pieces.map((piece, index) => {
    const p1 = index === pieces.length - 1 ? LAST : 0;
    return Uint8Array.of(0x80, 0xe2, p1, index & 0xff, piece.length, ...piece);
  });
}
