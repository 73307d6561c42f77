import { decodeResponse, encodeCommand, select } from '../../../../emv/apdu/index.js';
import { fromHex } from '../../../../emv/bytes.js';
import { decode, encode, findFirst } from '../../../../emv/tlv/index.js';
import {
  type CardApplication,
  type CardFile,
  type CardInterface,
  objectsOf,
  openCard,
  personalizedIssuerApplicationData,
} from '../../../card/index.js';
import type { DataGrouping } from './data-grouping.js';

/** What SELECT, GET PROCESSING OPTIONS and GENERATE AC answer; the identifiers are those that issuers of PBOC cards use. */
export function answerGroupings(file: CardFile, application: CardApplication): DataGrouping[] {
  const { data, contactData, electronicCashData } = application;
  const overContact = file.interface !== 'contactless';
  const overContactless = file.interface !== 'contact';
  return [
    ...(overContact ? [selected('9102', 'contact', file, application)] : []),
    ...(overContactless ? [selected('9103', 'contactless', file, application)] : []),
    ...(overContact ? [options('9104', 'over contact', { ...data, ...contactData })] : []),
    ...(electronicCashData === undefined
      ? []
      : [options('9203', 'of electronic cash over contact', { ...data, ...electronicCashData })]),
    ...(overContactless ? [options('9207', 'of qPBOC', data)] : []),
    {
      identifier: '9200',
      name: 'issuer application data of cryptograms',
      data: encode([{ tag: '9F10', value: personalizedIssuerApplicationData(application) }]),
      content: 'objects',
    },
  ];
}

/** The card itself says what it answers to SELECT. */
function selected(
  identifier: string,
  by: CardInterface,
  file: CardFile,
  { applicationIdentifier }: CardApplication,
): DataGrouping {
  const state = file.state.map(({ blocked: _, ...one }) => one);
  const card = openCard({ ...file, state }, { random: (length) => new Uint8Array(length) });
  card.powerOn(by);
  const { data } = decodeResponse(card.transmit(encodeCommand(select(fromHex(applicationIdentifier)))));
  const proprietary = findFirst(decode(data), '6F', 'A5')?.children ?? [];
  return {
    identifier,
    name: `what SELECT answers over ${by}`,
    data: encode([{ tag: 'A5', children: proprietary }]),
    content: 'objects',
  };
}

function options(identifier: string, which: string, data: Readonly<Record<string, string>>): DataGrouping {
  return {
    identifier,
    name: `processing options ${which}`,
    data: encode(objectsOf(data, ['82', '94'])),
    content: 'objects',
  };
}
