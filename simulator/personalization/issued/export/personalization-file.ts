import { fromHex, toHex } from '../../../../emv/bytes.js';
import { flatten, tryDecode } from '../../../../emv/tlv/index.js';
import {
  type ApplicationState,
  type CardApplication,
  type CardFile,
  dataObjectOf,
  withChangedRecords,
} from '../../../card/index.js';
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

/** What transactions move; the tries for the PIN (9F17) are personalized as how many there are at most. */
const MOVED = ['9F13', '9F36', '9F79', 'DF63', 'DF79'];

/**
 * A card as data groupings (EMV CPS 1.1; JR/T 0025.10-2013 6.4). Values are those that the card was personalized with,
 * what scripts have changed, PIN and records included, and its purse and counters among them as they stand now. Of a card
 * with both algorithms the groupings are those of RSA.
 */
export function personalizationOf(
  file: CardFile,
  { secrets = false }: { readonly secrets?: boolean } = {},
): PersonalizedApplication[] {
  return file.applications.map((personalized, index) => {
    const state = file.state[index]!;
    const application = asItStands(personalized, state);
    const outside = [...recordGroupings(file, application), ...answerGroupings(file, application)];
    const elsewhere = new Set(outside.flatMap(({ data: bytes }) => [...flatten(tryDecode(bytes) ?? []).keys()]));
    return {
      applicationIdentifier: application.applicationIdentifier,
      label: application.label,
      groupings: [
        ...outside,
        ...internalGroupings(application, elsewhere),
        ...(secrets ? secretGroupings(file, application, state) : []),
      ],
    };
  });
}

function asItStands(personalized: CardApplication, state: ApplicationState): CardApplication {
  const { changedData, changedPin, changedRecords } = state;
  const application = { ...personalized, data: { ...personalized.data, ...changedData } };
  const moved = MOVED.flatMap((tag) => {
    const value = dataObjectOf(application, state, tag);
    return value === undefined ? [] : [[tag, toHex(value)] as const];
  });
  return {
    ...application,
    ...(changedPin !== undefined && { pin: changedPin }),
    data: { ...application.data, ...Object.fromEntries(moved) },
    records: withChangedRecords(application.records, changedRecords),
  };
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
