import { decode, type ExplainedObject, encode, explain } from '../../../emv/index.js';
import type { ApplicationInspection, CardFile, CardInspection, InspectedObject } from '../../../simulator/index.js';
import { maskPan } from '../../tap/index.js';

export interface ShowOptions {
  readonly showPan: boolean;
  /** The card's secrets too: its keys and its PIN. */
  readonly keys: boolean;
}

export interface ShownRecord {
  readonly shortFileIdentifier: number;
  readonly recordNumber: number;
  readonly content?: readonly ExplainedObject[];
  /** Names of the objects of a record that is put together at the tap. */
  readonly madeAtTheTap?: readonly string[];
}

/** The card's secrets, as they stand in its file. */
interface Secrets extends Pick<CardFile['applications'][number], 'keys' | 'pin'> {
  /** With SM4, on a card that has 3DES as well. */
  readonly smKeys?: CardFile['applications'][number]['keys'];
}

type InBytes = 'dataObjects' | 'contactDataObjects' | 'electronicCashDataObjects' | 'smDataObjects' | 'records';

export interface ShownApplication extends Omit<ApplicationInspection, InBytes> {
  readonly dataObjects: readonly ExplainedObject[];
  readonly contactDataObjects: readonly ExplainedObject[];
  readonly electronicCashDataObjects: readonly ExplainedObject[];
  readonly smDataObjects: readonly ExplainedObject[];
  readonly records: readonly ShownRecord[];
  readonly secrets?: Secrets;
}

export interface ShownCard extends Omit<CardInspection, 'applications'> {
  readonly applications: readonly ShownApplication[];
  readonly privateKey?: CardFile['privateKey'];
  readonly sm2PrivateKey?: CardFile['sm2PrivateKey'];
}

/** The card as plain JSON, every object explained; card numbers are masked unless `showPan`, and secrets left out. */
export function showCard(card: CardInspection, file: CardFile, options: ShowOptions): ShownCard {
  return {
    ...card,
    ...(card.transport === undefined
      ? {}
      : { transport: { ...card.transport, cardNumber: numberOf(card.transport.cardNumber, options) } }),
    ...(options.keys && file.privateKey !== undefined ? { privateKey: file.privateKey } : {}),
    ...(options.keys && file.sm2PrivateKey !== undefined ? { sm2PrivateKey: file.sm2PrivateKey } : {}),
    applications: card.applications.map((application, index) =>
      showApplication(application, file.applications[index]!, options),
    ),
  };
}

const numberOf = (cardNumber: string, { showPan }: ShowOptions): string => (showPan ? cardNumber : maskPan(cardNumber));

function showApplication(
  application: ApplicationInspection,
  { keys, pin, smTransaction: sm }: CardFile['applications'][number],
  options: ShowOptions,
): ShownApplication {
  const { showPan } = options;
  const explained = (objects: readonly InspectedObject[]) => explain(encode(objects), { showPan });
  return {
    ...application,
    pan: showPan ? application.pan : maskPan(application.pan),
    dataObjects: explained(application.dataObjects),
    contactDataObjects: explained(application.contactDataObjects),
    electronicCashDataObjects: explained(application.electronicCashDataObjects),
    smDataObjects: explained(application.smDataObjects),
    records: application.records.map(({ bytes, objects, ...place }) => ({
      ...place,
      ...(bytes === undefined ? {} : { content: contentOf(bytes, showPan) }),
      ...(objects === undefined ? {} : { madeAtTheTap: objects }),
    })),
    ...(options.keys
      ? { secrets: { keys, ...(sm && { smKeys: sm.keys }), ...(pin === undefined ? {} : { pin }) } }
      : {}),
  };
}

/** What stands inside template 70. */
function contentOf(record: Uint8Array, showPan: boolean): readonly ExplainedObject[] {
  const [template] = decode(record);
  const [shown] = explain(record, { showPan });
  return template?.tag === '70' && shown?.children !== undefined ? shown.children : shown === undefined ? [] : [shown];
}
